package org.rondo.models.heads.ctc;

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
import org.rondo.testkit.Seeds;

/** Losses and gradients of labels of all lengths against {@code torch.nn.functional.ctc_loss}. */
class PytorchCtcTest {
  /** The logits are float32, PyTorch computes in double. */
  private static final double TOLERANCE = 1e-5;

  private static final int CLASSES = 29;
  private static final int[] STEPS = {80, 61, 12, 80, 1, 30};

  /** Symbols of random labels; the last but one is of blanks alone, the last has repeats alone. */
  private static final int[] LABELS = {40, 25, 12, 1, 0, 15};

  private static PytorchScript script;

  @BeforeAll
  static void runAll() throws Exception {
    script = new PytorchScript(Path.of("target", "pytorch-ctc"));
    if (script.hasTorch()) {
      write("ctc-mild", 1f);
      write("ctc-sharp", 8f);
      script.compare(List.of("ctc-mild", "ctc-sharp"));
    }
  }

  private static int[] label(int b) {
    if (b == STEPS.length - 1) {
      return new int[LABELS[b]];
    }
    int[] label = Seeds.numbers("label " + b, LABELS[b], CLASSES - 1);
    for (int u = 1; u < label.length && b == 2; u++) {
      label[u] = label[u] == label[u - 1] ? (label[u] + 1) % (CLASSES - 1) : label[u];
    }
    return label;
  }

  private static void write(String name, float scale) throws IOException {
    int batch = STEPS.length;
    try (var bench = new CtcBench(CLASSES, 80, batch).random(scale)) {
      var labels = new ArrayList<int[]>();
      for (int b = 0; b < batch; b++) {
        labels.add(label(b));
        bench.set(b, STEPS[b], label(b));
      }
      double[] losses = bench.losses();
      bench.lossAndGradient();
      var tensors = new PytorchTensors(script.folder(name));
      tensors.write("x", bench.input.values(), List.of(80, batch, CLASSES));
      tensors.write("x.gradient", bench.input.gradient(), List.of(80, batch, CLASSES));
      tensors.write("bias", bench.workspace.parameter("bias"), List.of(CLASSES));
      tensors.write("bias.gradient", bench.workspace.gradient("bias"), List.of(CLASSES));
      var sums = new float[batch];
      for (int b = 0; b < batch; b++) {
        sums[b] = (float) losses[b];
      }
      tensors.write("losses", sums, List.of(batch));
      tensors.describe(
          Map.of(
              "module",
              "CTCLoss",
              "lengths",
              Arrays.stream(STEPS).boxed().toList(),
              "labels",
              labels));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctc-mild", "ctc-sharp"})
  void lossesAndGradientsEqualThoseOfPytorch(String name) throws IOException {
    script.assertAgrees(name, TOLERANCE);
  }
}
