package org.rondo.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenState;
import org.rondo.models.LayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.storage.Safetensors;

/** Weights in PyTorch's own modules, by scripts/check-pytorch-weights.py, in both directions. */
final class PytorchModulesTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-pytorch-weights.py");
  private static final Path FOLDER = Path.of("target", "pytorch");
  private static final int STEPS = 20;
  private static final int BATCH = 3;
  private static final int INPUTS = 5;
  private static final int UNITS = 8;
  private static final int OUTPUTS = 4;

  /** float32 sums of some tens of terms of size 1, in another order. */
  private static final float TOLERANCE = 1e-5f;

  private static boolean hasTorch;

  /** A module of PyTorch's, and the cell that computes the same. */
  private record Case(String module, String argument, Object value, String cell, Options options) {
    String name() {
      return (module + (argument.isEmpty() ? "" : "-" + value)).toLowerCase(Locale.ROOT);
    }

    NetworkSpec network() {
      var spec = new CellSpec(cell, UNITS, options);
      LayerSpec layer =
          argument.equals("bidirectional") ? new Bidirectional(spec) : new Recurrent(spec);
      var layers = List.of(new Values(INPUTS), layer, layer);
      return new NetworkSpec(layers, new HeadSpec("tagger", OUTPUTS));
    }

    Path folder() {
      return FOLDER.resolve(name());
    }

    Map<String, Object> about() {
      var arguments = new HashMap<String, Object>();
      arguments.put("input_size", INPUTS);
      arguments.put("hidden_size", UNITS);
      arguments.put("num_layers", 2);
      if (!argument.isEmpty()) {
        arguments.put(argument, value);
      }
      return Map.of("module", module, "arguments", arguments);
    }
  }

  static List<Case> cases() {
    var relu = new Options(Map.of("activation", "relu"));
    var projected = new Options(Map.of("projection", "6"));
    return List.of(
        new Case("LSTM", "", null, "lstm", Options.NONE),
        new Case("LSTM", "bidirectional", true, "lstm", Options.NONE),
        new Case("LSTM", "proj_size", 6, "lstm", projected),
        new Case("GRU", "", null, "gru", Options.NONE),
        new Case("GRU", "bidirectional", true, "gru", Options.NONE),
        new Case("RNN", "", null, "vanilla", Options.NONE),
        new Case("RNN", "nonlinearity", "relu", "vanilla", relu));
  }

  @BeforeAll
  static void runAll() throws Exception {
    Files.createDirectories(FOLDER);
    hasTorch = run(PYTHON, "-c", "import torch, safetensors.torch") == 0;
    if (hasTorch) {
      var command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString()));
      for (Case one : cases()) {
        write(one);
        command.add(one.folder().toString());
      }
      assertThat(run(command.toArray(String[]::new)))
          .as(Files.readString(FOLDER.resolve("report.txt")))
          .isZero();
    }
  }

  private static void write(Case one) throws IOException {
    NetworkSpec spec = one.network();
    Files.createDirectories(one.folder());
    Files.writeString(
        one.folder().resolve("case.json"), new ObjectMapper().writeValueAsString(one.about()));
    var random = new Random(7);
    var parameters = new float[Network.layout(spec).length()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.3 * random.nextGaussian());
    }
    var weights = new PytorchWeights(spec);
    save(one, "weights", weights.tensors(), weights.exported(parameters));
    float[] x = x();
    float[] logits = logits(spec, parameters, x);
    var example = new ParameterLayout();
    example.add("x", STEPS, BATCH, INPUTS);
    example.add("logits", STEPS, BATCH, OUTPUTS);
    float[] both = Arrays.copyOf(x, x.length + logits.length);
    System.arraycopy(logits, 0, both, x.length, logits.length);
    save(one, "example", example, both);
  }

  private static float[] x() {
    var random = new Random(8);
    var x = new float[STEPS * BATCH * INPUTS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static float[] logits(NetworkSpec spec, float[] parameters, float[] x) {
    Minibatch minibatch = Minibatch.forNetwork(spec, STEPS, BATCH);
    Arrays.fill(minibatch.lengths(), STEPS);
    System.arraycopy(x, 0, minibatch.values(), 0, x.length);
    var logits = new float[STEPS * BATCH * OUTPUTS];
    try (var network =
        Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH)) {
      network.parameters().set(parameters);
      network.parametersChanged();
      network.logits(minibatch, new HiddenState(Network.stateLength(spec, BATCH)), logits);
    }
    return logits;
  }

  private static void save(Case one, String name, ParameterLayout layout, float[] values)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(one.folder().resolve(name + ".safetensors"))) {
      Safetensors.write(out, Map.of("format", "pt"), layout, values);
    }
  }

  private static Safetensors load(Case one, String name) throws IOException {
    Path file = one.folder().resolve(name + ".safetensors");
    try (InputStream in = Files.newInputStream(file)) {
      return Safetensors.read(in, Files.size(file));
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("report.txt").toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", List.of(command)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no such program
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothComputeTheSame(Case one) throws IOException {
    // In each test, not before all: surefire counts no skipped test where a whole class gives up.
    assumeTrue(
        hasTorch,
        PYTHON + " cannot import torch and safetensors; the variable PYTHON names another one");

    String difference = Files.readString(one.folder().resolve("difference.txt"));
    assertThat(Float.parseFloat(difference)).isLessThan(TOLERANCE);
    Safetensors theirs = load(one, "theirs");
    float[] parameters =
        new PytorchWeights(one.network()).imported(theirs.layout(), theirs.values());
    float[] expected = load(one, "their-example").values();
    assertThat(logits(one.network(), parameters, x())).containsExactly(expected, within(TOLERANCE));
  }
}
