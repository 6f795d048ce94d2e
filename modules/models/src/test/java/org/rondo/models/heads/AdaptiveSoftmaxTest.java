package org.rondo.models.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.Options;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.Seeds;

/** Against the probabilities of every class, worked out one by one in double. */
class AdaptiveSoftmaxTest {
  private static final int STEPS = 60;
  private static final int BATCH = 5;
  private static final int INPUTS = 16;
  private static final int CLASSES = 23;
  private static final HeadSpec SPEC =
      new HeadSpec("language-model", CLASSES, new Options(Map.of("cutoffs", "5, 14, 999")));

  /** More rows than a block has; no target of some, and of the second cluster none if asked for. */
  private static Minibatch minibatch(int classes) {
    var minibatch = new Minibatch(STEPS, BATCH);
    int[] targets = Seeds.numbers("targets", STEPS * BATCH, classes + 1);
    for (int row = 0; row < targets.length; row++) {
      minibatch.targets()[row] = targets[row] == classes ? Minibatch.NO_TARGET : targets[row];
    }
    return minibatch;
  }

  @ParameterizedTest
  @ValueSource(ints = {CLASSES, 14})
  void lossAndGradientAreThoseOfEveryClassOneByOne(int classes) {
    try (var bench = new Bench(ElementType.FLOAT32)) {
      bench.objective.lossAndGradient(minibatch(CLASSES)); // leaves rows that must not show
      Minibatch minibatch = minibatch(classes);
      double[][] expected = bench.logProbabilities();
      var sums = new double[BATCH];
      for (int row = 0; row < STEPS * BATCH; row++) {
        int target = minibatch.targets()[row];
        sums[row % BATCH] -= target < 0 ? 0 : expected[row][target];
      }

      double loss = bench.objective.lossAndGradient(minibatch);

      assertThat(loss).isCloseTo(Arrays.stream(sums).sum(), within(1e-3));
      var losses = new double[BATCH];
      bench.objective.loss(minibatch, losses);
      assertThat(losses).containsExactly(sums, within(1e-3));
      int size = bench.workspace.gradient("cluster.1.weight").length();
      assertThat(bench.workspace.gradient("cluster.1.weight").toArray())
          .satisfies(
              gradient -> {
                if (classes == 14) {
                  assertThat(gradient).isEqualTo(new float[size]);
                } else {
                  assertThat(gradient).isNotEqualTo(new float[size]);
                }
              });
    }
  }

  @Test
  void logitsAreTheLogarithmsOfProbabilitiesThatSumToOne() {
    try (var bench = new Bench(ElementType.FLOAT32)) {
      var logits = new float[STEPS * BATCH * CLASSES];
      bench.objective.logits(logits);
      double[][] expected = bench.logProbabilities();
      for (int row = 0; row < STEPS * BATCH; row++) {
        double sum = 0;
        for (int v = 0; v < CLASSES; v++) {
          float log = logits[row * CLASSES + v];
          assertThat((double) log).isCloseTo(expected[row][v], within(1e-5));
          sum += Math.exp(log);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  /** Rounding inputs of products to 8 bits changes a loss by a few parts in 2^8 at most. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void lossStaysNearInEitherPrecision(ElementType precision) {
    try (var bench = new Bench(precision);
        var exact = new Bench(ElementType.FLOAT32)) {
      Minibatch minibatch = minibatch(CLASSES);
      double expected = exact.objective.lossAndGradient(minibatch);
      assertThat(bench.objective.lossAndGradient(minibatch))
          .isCloseTo(expected, within(0.02 * expected));
    }
  }

  @Test
  void cutoffsBehindTheVocabularyMeanNothing() {
    Cutoffs cutoffs = Cutoffs.of(SPEC);
    assertThat(cutoffs.clusters()).isEqualTo(2);
    assertThat(List.of(cutoffs.cluster(4), cutoffs.cluster(5), cutoffs.cluster(22)))
        .containsExactly(-1, 0, 1);
    assertThat(List.of(cutoffs.size(0), cutoffs.size(1))).containsExactly(9, 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5, 5", "9, 4", "a", "5,,6", "-3"})
  void cutoffsThatDoNotAscendAreRefused(String listed) {
    var options = new Options(Map.of("cutoffs", listed));
    assertThatThrownBy(() -> Cutoffs.of(new HeadSpec("language-model", 20, options)))
        .hasMessage(
            "options.cutoffs = %s: must be ascending whole numbers above 0, such as 2000, 10000",
            listed);
  }

  @Test
  void aTiedHeadIsNotAdaptive() {
    var options = new Options(Map.of("cutoffs", "5", "tied", "true"));
    var spec = new HeadSpec("language-model", 20, options);
    assertThatThrownBy(() -> spec.head().parameters(4, spec))
        .hasMessageStartingWith("options.tied = true: an adaptive softmax cannot share");
  }

  /** The head over random rows. */
  private static final class Bench implements AutoCloseable {
    private final NativeMemory memory = new NativeMemory();
    final Workspace workspace;
    final Signal input;
    final Objective objective;

    Bench(ElementType precision) {
      ParameterLayout layout = ParameterLayout.of(SPEC.head().parameters(INPUTS, SPEC));
      workspace = new Workspace(STEPS, BATCH, Kernels.best(), precision, layout, memory);
      Seeds.fill(workspace.parameters().values(), "parameters", 1f);
      input = workspace.signal(INPUTS);
      Seeds.fill(input.values(), "input", 1f);
      workspace.round(input.values(), input.operand());
      objective = SPEC.head().bind(workspace, input, SPEC);
    }

    /** {@code [row][class]}, by the equations. */
    double[][] logProbabilities() {
      var all = new double[STEPS * BATCH][];
      for (int row = 0; row < all.length; row++) {
        double[] h = row(row);
        double[] head = logSoftmax(h, "shortlist", 7);
        all[row] = Arrays.copyOf(head, CLASSES);
        for (int n = 0; n < 2; n++) {
          double[] narrow =
              multiplied(h, workspace.parameter("cluster." + n + ".projection.weight"));
          double[] cluster = logSoftmax(narrow, "cluster." + n, 9);
          for (int i = 0; i < 9; i++) {
            all[row][5 + 9 * n + i] = head[5 + n] + cluster[i];
          }
        }
      }
      return all;
    }

    private double[] row(int row) {
      var h = new double[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        h[i] = input.values().get(row * INPUTS + i);
      }
      return h;
    }

    private static double[] multiplied(double[] h, NativeBuffer weight) {
      int columns = weight.length() / h.length;
      var y = new double[columns];
      for (int i = 0; i < weight.length(); i++) {
        y[i % columns] += h[i / columns] * weight.get(i);
      }
      return y;
    }

    private double[] logSoftmax(double[] h, String scope, int classes) {
      double[] y = multiplied(h, workspace.parameter(scope + ".weight"));
      assertThat(y).hasSize(classes);
      for (int i = 0; i < classes; i++) {
        y[i] += workspace.parameter(scope + ".bias").get(i);
      }
      double sum = Arrays.stream(y).map(Math::exp).sum();
      return Arrays.stream(y).map(v -> v - Math.log(sum)).toArray();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
