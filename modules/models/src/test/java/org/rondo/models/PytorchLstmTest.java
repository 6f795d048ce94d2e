package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.testkit.Seeds;

/** Two LSTM layers against an implementation that shares no code and no author with them. */
class PytorchLstmTest {
  private static final Path FOLDER = Path.of("target", "lstm-pytorch");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-lstm-pytorch.py");
  private static final int STEPS = 9;
  private static final int BATCH = 5;
  private static final int INPUTS = 13;
  private static final int UNITS = 21;
  private static final int LAYERS = 2;

  private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();

  @Test
  void outputsAndGradientsEqualThoseOfPytorch() throws Exception {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    assumeTrue(
        run(python, "-c", "import torch") == 0,
        python + " cannot import torch; the environment variable PYTHON names another one");
    Files.createDirectories(FOLDER);
    runLayers();
    Files.writeString(
        FOLDER.resolve("tensors.json"), new ObjectMapper().writeValueAsString(shapes));

    int exit = run(python, SCRIPT.toString(), FOLDER.toString());

    assertThat(exit).as(Files.readString(FOLDER.resolve("report.txt"))).isZero();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("report.txt").toFile())
              .start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", List.of(command)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no such program
    }
  }

  private void runLayers() throws IOException {
    CellSpec cell = CellSpec.of("lstm", UNITS);
    var parameters = new ArrayList<ParameterSpec>();
    for (int n = 0; n < LAYERS; n++) {
      for (ParameterSpec p : RecurrentLayer.parameters(cell, n == 0 ? INPUTS : UNITS)) {
        parameters.add(p.within(Integer.toString(n)));
      }
    }
    ParameterLayout layout = NetworkParameters.layout(parameters);
    try (var memory = new NativeMemory()) {
      var workspace =
          new Workspace(STEPS, BATCH, Kernels.best(), ElementType.FLOAT32, layout, memory);
      Seeds.fill(workspace.parameters().values(), "parameters", 0.3f);
      NativeBuffer x = memory.floats((long) STEPS * BATCH * INPUTS);
      Seeds.fill(x, "x", 1f);
      var input = new Signal(x, x, memory.floats(x.length()), INPUTS);
      var lower = new RecurrentLayer(workspace.within("0"), input, cell);
      var upper = new RecurrentLayer(workspace.within("1"), lower.output(), cell);
      forwardAndBackward(input, lower, upper);
      for (ParameterLayout.Slice slice : layout.slices()) {
        write(slice.name(), workspace.parameter(slice.name()).toArray(), slice.shape());
        write(
            slice.name() + ".gradient", workspace.gradient(slice.name()).toArray(), slice.shape());
      }
    }
  }

  private void forwardAndBackward(Signal input, RecurrentLayer lower, RecurrentLayer upper)
      throws IOException {
    // A layer's state is h then c; PyTorch's is h of all layers, then c of all layers.
    int half = BATCH * UNITS;
    float[] state = Seeds.uniform("state", 2 * LAYERS * half, 0.5f);
    List<Integer> stateShape = List.of(LAYERS, BATCH, UNITS);
    write("h0", slots(state, 0), stateShape);
    write("c0", slots(state, half), stateShape);
    lower.loadState(state, 0);
    upper.loadState(state, 2 * half);
    write("x", input.values().toArray(), List.of(STEPS, BATCH, INPUTS));

    lower.forward();
    upper.forward();
    lower.storeState(state, 0);
    upper.storeState(state, 2 * half);
    write("output", upper.output().values().toArray(), List.of(STEPS, BATCH, UNITS));
    write("hN", slots(state, 0), stateShape);
    write("cN", slots(state, half), stateShape);

    Seeds.fill(upper.output().gradient(), "output_gradient", 0.1f);
    write("output_gradient", upper.output().gradient().toArray(), List.of(STEPS, BATCH, UNITS));
    upper.backward();
    lower.backward();
    write("x.gradient", input.gradient().toArray(), List.of(STEPS, BATCH, INPUTS));
  }

  /** The slot that begins {@code at} in each layer's state, of all layers. */
  private static float[] slots(float[] state, int at) {
    int half = BATCH * UNITS;
    var slots = new float[LAYERS * half];
    for (int n = 0; n < LAYERS; n++) {
      System.arraycopy(state, 2 * n * half + at, slots, n * half, half);
    }
    return slots;
  }

  private void write(String name, float[] values, List<Integer> shape) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(FOLDER.resolve(name + ".bin"), bytes.array());
    shapes.put(name, shape);
  }
}
