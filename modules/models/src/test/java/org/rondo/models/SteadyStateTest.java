package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Convolution;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.ImageShape;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;

/**
 * Training steps in a JVM of their own, as an executor runs them: what the JIT compiler makes of
 * vector code depends on what else ran before.
 */
class SteadyStateTest {
  /** In bytes per step: the loss that is returned, and a rest that the JIT compiler left over. */
  private static final long LIMIT = 256;

  private static final int STEPS_IN_A_BLOCK = 300;

  /** What the JIT compiler does in any case, after fewer steps. */
  private static final List<String> EARLY =
      List.of(
          "-XX:Tier4InvocationThreshold=1000",
          "-XX:Tier4MinInvocationThreshold=200",
          "-XX:Tier4CompileThreshold=2000");

  @ParameterizedTest(name = "kernels {0}, {1}")
  @CsvSource({"java, FLOAT32", "auto, FLOAT32", "auto, BFLOAT16"})
  void trainingStepsAllocateNothingOnceTheyAreCompiled(String kernels, String precision)
      throws Exception {
    Kernels chosen = Kernels.choose(kernels, kernels);
    assumeThat(chosen.matmul().name())
        .as("ND4J makes objects for every product")
        .isNotEqualTo("nd4j");
    assumeThat(kernels.equals("auto") && precision.equals("FLOAT32") && isJava(chosen))
        .as("the first case once more")
        .isFalse();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(EARLY);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Steps.class.getName(), kernels, precision));

    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(Long.parseLong(output.strip())).as("bytes per step").isLessThan(LIMIT);
  }

  private static boolean isJava(Kernels kernels) {
    Kernels java = Kernels.choose("java", "java");
    return kernels.fingerprint(ElementType.FLOAT32).equals(java.fingerprint(ElementType.FLOAT32));
  }

  /** Prints the bytes that a training step allocates, at last. */
  static final class Steps {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CounterRandom random = CounterRandom.of(1);
    private final List<Step> steps;

    /** One network with what it is trained on. */
    private record Step(Network network, Minibatch minibatch, HiddenState state) {
      static Step of(NetworkSpec spec, Kernels kernels, ElementType precision) {
        var network = new Network(spec, kernels, precision, 6, 4);
        network.parameters().set(Network.initialParameters(spec, 1));
        Minibatch minibatch = Samples.minibatch(spec, 6, 4, CounterRandom.of(1));
        if (spec.head().type().equals("decoder")) { // no holes in labels
          Arrays.setAll(minibatch.targets(), i -> Math.max(0, minibatch.targets()[i]));
        }
        return new Step(network, minibatch, network.newState());
      }
    }

    private Steps(Kernels kernels, ElementType precision) {
      steps =
          List.of(
              Step.of(everyCell(), kernels, precision),
              Step.of(ofValues(new HeadSpec("regression", 3)), kernels, precision),
              Step.of(ofValues(new HeadSpec("crf", 20)), kernels, precision),
              Step.of(decoder(), kernels, precision));
    }

    private static NetworkSpec ofValues(HeadSpec head) {
      List<LayerSpec> layers =
          List.of(
              new Values(32),
              new Convolution(new ImageShape(4, 4, 2), 8, 3, 2, 1, "relu"),
              new Recurrent(CellSpec.of("lstm", 32)));
      return new NetworkSpec(layers, head);
    }

    /** Two layers with all that they may have, and labels that they draw themselves. */
    private static NetworkSpec decoder() {
      var options = new HashMap<>(Map.of("attention", "additive", "cell", "lstm", "layers", "2"));
      options.putAll(Map.of("dropout", "0.2", "label_smoothing", "0.1"));
      options.putAll(Map.of("scheduled_sampling", "1", "labels_per_step", "1"));
      return new NetworkSpec(
          List.of(new Embedding(10, 8), new Bidirectional(CellSpec.of("lstm", 4))),
          new HeadSpec("decoder", 10, new Options(options)));
    }

    /** A layer of each cell in each variant, with dropout. */
    private static NetworkSpec everyCell() {
      var layers = new ArrayList<LayerSpec>();
      layers.add(new Embedding(40, 32));
      layers.add(new Dropout(0.2));
      CellVariants.of(32).forEach(cell -> layers.add(new Recurrent(cell)));
      for (String activation : List.of("identity", "tanh", "relu", "sigmoid")) {
        layers.add(new Dense(32, activation));
      }
      return new NetworkSpec(layers, new HeadSpec("language-model", 40));
    }

    public static void main(String[] choice) {
      var steps = new Steps(Kernels.choose(choice[0], choice[0]), ElementType.valueOf(choice[1]));
      // Compilation takes some thousand steps, more where the machine is busy.
      for (int block = 0; block < 60 && steps.bytesPerStep() >= LIMIT; block++) {}
      System.out.println(steps.bytesPerStep());
    }

    private long bytesPerStep() {
      long thread = Thread.currentThread().getId();
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < STEPS_IN_A_BLOCK; i++) {
        for (int n = 0; n < steps.size(); n++) {
          Step step = steps.get(n);
          step.network.parametersChanged();
          step.network.lossAndGradient(step.minibatch, step.state, random);
        }
      }
      return (threads.getThreadAllocatedBytes(thread) - before) / STEPS_IN_A_BLOCK;
    }
  }
}
