package org.rondo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.Seeds;

/** Language models that adapt to the text on which they are measured. */
class AdaptationTest {
  private static final Kernels KERNELS = Kernels.choose("java", "java");
  private static final int CLASSES = 7;
  private static final int STEPS = 4;
  private static final int BATCH = 2;
  private static final int MINIBATCHES = 5;
  private static final NetworkSpec SPEC =
      RecurrentStack.languageModel(CLASSES, "lstm", 1, 5, 0.5).evaluated();

  /** Two streams of random ids, with a step that has no target. */
  private static final class Text implements Shard {
    private static final long serialVersionUID = 1L;

    private final int[] ids;

    private Text(int[] ids) {
      this.ids = ids;
    }

    static Text of(String name) {
      return new Text(Seeds.numbers(name, (MINIBATCHES * STEPS + 1) * BATCH, CLASSES));
    }

    @Override
    public long minibatches() {
      return MINIBATCHES;
    }

    @Override
    public boolean startsSequence(long number) {
      return number == 0;
    }

    @Override
    public int steps(long number) {
      return STEPS;
    }

    @Override
    public Reader reader() {
      return (minibatch, number) -> {
        int from = (int) number * STEPS * BATCH;
        System.arraycopy(ids, from, minibatch.inputs(), 0, STEPS * BATCH);
        System.arraycopy(ids, from + BATCH, minibatch.targets(), 0, STEPS * BATCH);
        if (number == 2) {
          minibatch.targets()[3] = Minibatch.NO_TARGET;
        }
      };
    }
  }

  private static Network network() {
    var network = new Network(SPEC, KERNELS, ElementType.FLOAT32, STEPS, BATCH);
    float[] parameters = Network.initialParameters(SPEC, Seeds.SEED);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 3;
    }
    network.parameters().set(parameters);
    network.parametersChanged();
    return network;
  }

  private static PartSums sums(PartEvaluator evaluator, Network network, Shard text) {
    return evaluator.sums(network, KERNELS.elementwise(), text, LossMetric.of(SPEC));
  }

  /** Every pair of the window looked at again for every token, as the equations have it. */
  @ParameterizedTest
  @CsvSource({"3, 0.7, 0.2", "100, 0, 0.5", "5, 2, 0"})
  void aCacheMixesWhatFollowedStatesLikeThePresentOne(int window, double flatness, double weight) {
    Text text = Text.of("cached");
    try (Network network = network()) {
      int width = network.topWidth();
      var losses = new double[MINIBATCHES][STEPS * BATCH];
      var tops = new float[MINIBATCHES][STEPS * BATCH * width];
      var expected = new double[BATCH];
      HiddenState state = network.newState();
      var minibatch = new Minibatch(STEPS, BATCH);
      for (int m = 0; m < MINIBATCHES; m++) {
        text.reader().fill(minibatch, m);
        network.stepLosses(minibatch, state, losses[m], tops[m]);
      }
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < MINIBATCHES * STEPS; t++) {
          int target = text.ids[(t + 1) * BATCH + b];
          if (hasNone(t, b)) {
            continue;
          }
          double all = 0;
          double same = 0;
          int taken = 0;
          for (int i = t - 1; i >= 0 && taken < window; i--) {
            if (!hasNone(i, b)) {
              double dot = 0;
              for (int j = 0; j < width; j++) {
                dot += (double) top(tops, t, b, width, j) * top(tops, i, b, width, j);
              }
              double e = Math.exp(flatness * dot);
              all += e;
              same += text.ids[(i + 1) * BATCH + b] == target ? e : 0;
              taken++;
            }
          }
          double p = Math.exp(-losses[t / STEPS][t % STEPS * BATCH + b]);
          expected[b] -= Math.log(taken == 0 ? p : (1 - weight) * p + weight * same / all);
        }
      }

      PartSums sums = sums(new NeuralCache(window, flatness, weight), network, text);

      assertThat(sums.losses()).containsExactly(expected, within(1e-9));
      assertThat(sums.targets()).isEqualTo(MINIBATCHES * STEPS * BATCH - 1);
    }
  }

  private static boolean hasNone(int t, int b) {
    return t == 2 * STEPS + 1 && b == 1;
  }

  private static float top(float[][] tops, int t, int b, int width, int column) {
    return tops[t / STEPS][(t % STEPS * BATCH + b) * width + column];
  }

  /** Losses come before the step that learns from them; steps are taken in double by the book. */
  @Test
  void dynamicEvaluationLearnsFromWhatItHasMeasured() {
    Text text = Text.of("learned");
    var dynamic = new DynamicEvaluation(0.5, 0.1);
    double expected = 0;
    float[] after;
    try (Network network = network()) {
      float[] trained = network.parameters().toArray();
      HiddenState state = network.newState();
      var minibatch = new Minibatch(STEPS, BATCH);
      for (int m = 0; m < MINIBATCHES; m++) {
        text.reader().fill(minibatch, m);
        expected += network.lossAndGradient(minibatch, state, CounterRandom.of(0)).sum();
        float[] gradient = network.gradient().values().toArray();
        float[] p = network.parameters().toArray();
        for (int i = 0; i < p.length; i++) {
          p[i] = (float) (p[i] - 0.5 * gradient[i] + 0.1 * (trained[i] - (double) p[i]));
        }
        network.parameters().set(p);
        network.parametersChanged();
      }
      after = network.parameters().toArray();
    }
    try (Network network = network()) {
      PartSums sums = sums(dynamic, network, text);

      assertThat(Arrays.stream(sums.losses()).sum()).isCloseTo(expected, within(1e-4));
      assertThat(network.parameters().toArray())
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(after);
    }
  }

  @Test
  void whatAdaptsGivesLossesAlone() {
    Metric accuracy =
        new Metric() {
          @Override
          public String name() {
            return "accuracy";
          }

          @Override
          public boolean higherIsBetter() {
            return true;
          }

          @Override
          public int sums() {
            return 1;
          }

          @Override
          public void add(Predictions predictions, double[] sums) {}

          @Override
          public double value(double[] sums) {
            return 0;
          }
        };
    try (Network network = network()) {
      var cache = new NeuralCache(5, 1, 0.1);
      assertThatThrownBy(
              () -> cache.sums(network, KERNELS.elementwise(), Text.of("none"), List.of(accuracy)))
          .hasMessage(
              "evaluation: a model that adapts to its text gives losses, not the predictions that accuracy needs");
    }
    assertThatThrownBy(() -> new NeuralCache(0, 1, 0.1)).hasMessageStartingWith("--cache = 0");
    assertThatThrownBy(() -> new DynamicEvaluation(0, 0)).hasMessageStartingWith("--dynamic = 0");
  }
}
