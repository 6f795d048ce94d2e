package org.rondo.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

class MergedSumsTest {
  private static final List<String> LABELS = List.of("O", "B-X", "I-X");

  static Stream<Metric> metrics() {
    return Stream.of(
        new Accuracy(),
        new TokenAccuracy(),
        new MacroF1(LABELS),
        new WeightedF1(3),
        new ConfusionMatrix(LABELS),
        new LogLoss(),
        new AreaUnderCurve(3),
        new ChunkF1(LABELS),
        new MultiLabelF1(LABELS, true),
        new MultiLabelF1(LABELS, false),
        new ExactMatch(),
        new SymbolErrorRate("character-error-rate"),
        new WordErrorRate(1));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void sumsOfPartsAddUpToThoseOfOnePass(Metric metric) {
    Predictions[] all = random();
    double[] once = Sample.sums(metric, all);
    var merged = new double[metric.sums()];
    for (int part = 0; part < 4; part++) {
      double[] sums =
          Sample.sums(metric, Stream.of(all).skip(part * 5L).limit(5).toArray(Predictions[]::new));
      for (int i = 0; i < sums.length; i++) {
        merged[i] += sums[i];
      }
    }
    for (int i = 0; i < once.length; i++) {
      // Whole numbers but for the logarithms of log-loss.
      double error = once[i] == Math.rint(once[i]) ? 0 : 1e-12;
      assertThat(merged[i]).isCloseTo(once[i], org.assertj.core.data.Offset.offset(error));
    }
    assertThat(metric.value(merged)).isBetween(0.01, 3.0);
  }

  /** Twenty sequences that are both of classes and of labels. */
  private static Predictions[] random() {
    var random = new Random(3);
    return IntStream.range(0, 20)
        .mapToObj(
            i -> {
              int count = 1 + random.nextInt(6);
              var scores = new float[3 * count];
              var labels = new float[3 * count];
              for (int s = 0; s < scores.length; s++) {
                scores[s] = (float) random.nextGaussian();
                labels[s] = random.nextInt(4) == 0 ? 0 : scores[s] > 0 ? 1 : 0;
              }
              int[] targets = random.ints(count, -1, 3).toArray();
              int[] classes = random.ints(count, 0, 3).toArray();
              return new Predictions(targets, classes, 3, scores, labels);
            })
        .toArray(Predictions[]::new);
  }
}
