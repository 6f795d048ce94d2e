package org.rondo.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.AllPasses;
import org.rondo.kernels.Allocation;
import org.rondo.kernels.AttentionPasses.Additive;
import org.rondo.kernels.AttentionPasses.Attended;
import org.rondo.kernels.ChainPasses.Transitions;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Elementwise.AdamStep;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.Elementwise.Update;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.GruGradients;
import org.rondo.kernels.GatePasses.GruReset;
import org.rondo.kernels.GatePasses.GruStep;
import org.rondo.kernels.GatePasses.LstmGradients;
import org.rondo.kernels.GatePasses.LstmStep;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;
import org.rondo.kernels.JavaElementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.RowPasses.MultiplyAdd;
import org.rondo.kernels.RowPasses.Normalization;
import org.rondo.kernels.RowPasses.NormalizationGradients;
import org.rondo.kernels.RowPasses.Rows;

class VectorElementwiseTest {
  /** Bytes per call: fewer than one pass would need that made an object of each of its vectors. */
  private static final long VECTORS_LEFT = 256;

  private static final Activation[] ACTIVATIONS = Activation.values();

  /** By the JVM's own word, not the provider's. */
  private static void assumeTheModuleIsLoaded() {
    assumeThat(ModuleLayer.boot().findModule(VectorElementwiseProvider.MODULE))
        .as("this JVM was started with the module of the Vector API")
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 31, 32, 33, 128, 200, 650})
  void vectorCodeGivesTheBitsOfPlainCode(int size) {
    assumeTheModuleIsLoaded();
    Map<String, int[]> plain = AllPasses.bits(new JavaElementwise(), size);
    Map<String, int[]> vector = AllPasses.bits(new VectorElementwise(), size);
    assertThat(vector.keySet()).isEqualTo(plain.keySet());
    plain.forEach((pass, bits) -> assertThat(vector.get(pass)).as(pass).isEqualTo(bits));
  }

  /** In JVMs that are started as this one, so that vectors have its length. */
  @Test
  void interpretedAndCompiledCodeGiveTheSameBits() throws Exception {
    assumeTheModuleIsLoaded();
    String interpreted = fingerprintOfChild("-Xint", 1);
    String compiled = fingerprintOfChild("-Xbatch", 3_000);
    assertThat(interpreted).matches("-?\\d+ -?\\d+");
    assertThat(compiled).isEqualTo(interpreted);
  }

  /** Prints the fingerprints of vector code and plain code after some repetitions. */
  public static void main(String[] arguments) {
    int vector = 0;
    int plain = 0;
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      vector = AllPasses.fingerprint(new VectorElementwise(), 17, 33);
      plain = AllPasses.fingerprint(new JavaElementwise(), 17, 33);
    }
    System.out.println(vector + " " + plain);
  }

  private static String fingerprintOfChild(String mode, int repetitions) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(mode, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(VectorElementwiseTest.class.getName(), Integer.toString(repetitions)));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = read(child);
    assertThat(child.waitFor()).as(output).isZero();
    return output.strip();
  }

  private static String read(Process child) throws IOException {
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void passesAllocateNothingOnceCompiled() {
    assumeTheModuleIsLoaded();
    Elementwise passes = new VectorElementwise();
    try (var memory = new NativeMemory()) {
      int units = 70;
      NativeBuffer state = memory.floats(units);
      NativeBuffer bias = memory.floats(4L * units);
      var step =
          new LstmStep(
              memory.floats(4L * units),
              memory.allocate(ElementType.BFLOAT16, 4L * units),
              memory.floats(units),
              memory.floats(units),
              memory.floats(units),
              memory.floats(units),
              memory.allocate(ElementType.BFLOAT16, units));
      var gradients = new LstmGradients(state, state, step.gates(), bias);
      var softmax = new SoftmaxRows(step.gates(), bias, step.gateGradient(), bias);
      var update = new Update(memory.floats(units), memory.floats(units), 0.1f, 1f);
      var adam = new AdamStep(0.9f, 0.999f, 1e-8f, 1f, 1f, 0f);
      NativeBuffer rounded = memory.allocate(ElementType.BFLOAT16, units);
      var vanilla =
          new VanillaStep(memory.floats(units), rounded, step.hidden(), step.hiddenOperand());
      var gru =
          new GruStep(
              step.gates(), // longer than a GRU's
              step.gateGradient(),
              memory.floats(3L * units),
              memory.allocate(ElementType.BFLOAT16, 3L * units),
              step.cellBefore(),
              step.hidden(),
              step.hiddenOperand());
      var reset = new GruReset(state, rounded, step.cell(), memory.floats(units), rounded);
      var gruGradients = new GruGradients(state, step.tanhCell(), bias);
      var vanillaGradients = new VanillaGradients(state, bias);
      var products = MultiplyAdd.into(Rows.one(bias), Rows.of(state, units), Rows.one(state));
      var normal = new Normalization(state, step.cell(), memory.floats(1));
      var normalGradients =
          new NormalizationGradients(state, bias, memory.floats(units), step.hiddenOperand());
      var transitions = new Transitions(state, memory.floats(units), memory.floats(units));
      NativeBuffer weights = memory.floats(2L * units);
      weights.set(0, 1f);
      int[] targets = {3};
      int[] lengths = {1};
      NativeBuffer one = memory.floats(1);
      var attended = new Attended(state, memory.floats(units), one, units);
      var additive = new Additive(state, memory.floats(units), memory.floats(units), one);
      long bytes =
          Allocation.perCall(
              () -> {
                passes.lstmForward(step, bias, 1, units);
                passes.lstmBackward(step, gradients, 1, units);
                passes.lstmCellForward(step, bias, 1, units);
                passes.lstmOutputForward(step, bias, 1, units);
                passes.lstmOutputBackward(step, gradients, 1, units);
                passes.lstmCellBackward(step, gradients, 1, units);
                for (Activation activation : ACTIVATIONS) {
                  passes.vanillaForward(vanilla, activation, bias, 1, units);
                  passes.vanillaBackward(vanilla, activation, vanillaGradients, 1, units);
                }
                passes.gruForward(gru, bias, 1, units);
                passes.gruBackward(gru, gruGradients, 1, units);
                passes.gruResetForward(gru, reset, bias, 1, units);
                passes.gruCandidateForward(gru, reset, bias, 1, units);
                passes.gruCandidateBackward(gru, reset, gruGradients, 1, units);
                passes.gruResetBackward(gru, reset, gruGradients, 1, units);
                passes.multiplyAdd(products, 1, units);
                passes.normalize(normal, 1, units);
                passes.normalizeBackward(normal, normalGradients, 1, units);
                passes.softmaxCrossEntropy(softmax, targets, 0, 1, 1f);
                passes.logSumExp(transitions, state, 0, step.cell());
                passes.countTransitions(transitions, state, 0, weights);
                passes.memoryProducts(attended, 1, lengths);
                passes.memorySums(attended, 1, lengths);
                passes.addToMemory(attended, 1, lengths);
                passes.additiveScores(additive, 1, lengths);
                passes.additiveGradients(additive, additive, 1, lengths);
                passes.clip(bias, 1f, 0, bias.length());
                passes.sumOfSquares(bias, 0, bias.length());
                passes.dropout(state, step.hidden(), 0.5f, 1L);
                passes.toBfloat16(state, rounded);
                passes.addScaled(state, 1f, step.hidden(), 0, units);
                passes.momentum(update, state, 0.9f, 0, units);
                passes.adam(update, state, step.cell(), adam, 0, units);
              },
              VECTORS_LEFT);
      assertThat(bytes).isLessThanOrEqualTo(VECTORS_LEFT);
    }
  }

  @Test
  void providerNamesTheVectorLength() {
    assumeTheModuleIsLoaded();
    var provider = new VectorElementwiseProvider();
    assertThat(provider.unavailable()).isEmpty();
    assertThat(provider.description()).matches("vectors of (128|256|512) bits");
  }

  @Test
  void withoutTheModuleTheProviderSaysWhy() throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            WithoutModule.class.getName());
    Process child = new ProcessBuilder(command).start();
    assertThat(read(child).strip())
        .isEqualTo("the JVM was started without --add-modules=jdk.incubator.vector; java");
  }

  /** Prints why vectors are not available, and what is chosen instead. */
  static final class WithoutModule {
    private WithoutModule() {}

    public static void main(String[] arguments) {
      System.out.println(
          new VectorElementwiseProvider().unavailable().orElse("available")
              + "; "
              + Kernels.choose("java", "auto").elementwiseProvider().name());
    }
  }
}
