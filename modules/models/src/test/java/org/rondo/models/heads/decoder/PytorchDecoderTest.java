package org.rondo.models.heads.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.models.PytorchScript;
import org.rondo.models.PytorchTensors;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.testkit.Seeds;

/** Losses and gradients against a decoder of PyTorch's cells with the same weights. */
class PytorchDecoderTest {
  /** PyTorch computes in double. */
  private static final double TOLERANCE = 1e-5;

  private static final int CLASSES = 17;
  private static final int INPUTS = 8;
  private static final int[] STEPS = {7, 3, 5, 1};
  private static final int[] LABELS = {9, 1, 6, 4};

  private static final Map<String, Map<String, String>> CASES =
      Map.of(
          "general", Map.of("attention", "general", "units", "6", "layers", "2", "embedding", "5"),
          "additive", Map.of("attention", "additive", "cell", "gru", "units", "6", "layers", "2"),
          "dot",
              Map.of(
                  "attention", "dot", "cell", "vanilla", "tied", "true", "label_smoothing", "0.1"),
          "unfed", Map.of("attention", "scaled", "input_feeding", "false"));

  private static PytorchScript script;

  @BeforeAll
  static void runAll() throws Exception {
    script = new PytorchScript(Path.of("target", "pytorch-decoder"));
    if (script.hasTorch()) {
      for (var each : CASES.entrySet()) {
        write(each.getKey(), each.getValue());
      }
      script.compare(List.copyOf(CASES.keySet()));
    }
  }

  private static void write(String name, Map<String, String> options) throws IOException {
    int batch = STEPS.length;
    var spec = DecoderBench.spec(CLASSES, options);
    try (var bench = new DecoderBench(spec, INPUTS, STEPS[0], batch)) {
      var labels = new ArrayList<int[]>();
      for (int b = 0; b < batch; b++) {
        int[] label = Seeds.numbers("label " + b, LABELS[b], CLASSES);
        label[LABELS[b] - 1] = CLASSES - 1;
        labels.add(label);
        bench.set(b, STEPS[b], label);
      }
      double[] losses = bench.losses();
      bench.objective.lossAndGradient(bench.minibatch);
      var tensors = new PytorchTensors(script.folder(name));
      List<Integer> shape = List.of(STEPS[0], batch, INPUTS);
      tensors.write("x", bench.input.values(), shape);
      tensors.write("x.gradient", bench.input.gradient(), shape);
      for (ParameterLayout.Slice slice : bench.workspace.parameters().layout().slices()) {
        tensors.write(
            slice.name(), bench.workspace.parameters().slice(slice.name()), slice.shape());
        tensors.write(
            slice.name() + ".gradient", bench.workspace.gradient(slice.name()), slice.shape());
      }
      var sums = new float[batch];
      for (int b = 0; b < batch; b++) {
        sums[b] = (float) losses[b];
      }
      tensors.write("losses", sums, List.of(batch));
      tensors.describe(
          Map.of(
              "module",
              "Decoder",
              "options",
              options,
              "lengths",
              Arrays.stream(STEPS).boxed().toList(),
              "labels",
              labels));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"general", "additive", "dot", "unfed"})
  void lossesAndGradientsEqualThoseOfPytorch(String name) throws IOException {
    script.assertAgrees(name, TOLERANCE);
  }
}
