package org.rondo.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Predictions;

class AreaUnderCurveTest {
  @Test
  void itIsTheShareOfPairsInTheRightOrder() {
    // Scores of class 1: its own sequences 0.8, 0.4; others 0.6, 0.1, 0.4. Of six pairs, 0.8 wins
    // three; 0.4 loses to 0.6, wins against 0.1, and ties with 0.4: (3 + 1 + 0.5) / 6.
    assertThat(
            Sample.value(
                new AreaUnderCurve(2),
                Sample.scored(1, 0, 0.8f),
                Sample.scored(1, 0, 0.4f),
                Sample.scored(0, 0, 0.6f),
                Sample.scored(0, 0, 0.1f),
                Sample.scored(0, 0, 0.4f)))
        .isEqualTo(0.75);
  }

  @Test
  void severalClassesCountOneByOneAgainstTheRest() {
    // Class 0 stands above both others, and class 2 does; class 1's sequence has the least of it,
    // and class 2's more than class 0's: areas 1, 0 and 1.
    Predictions[] three = {
      Sample.scored(0, 9, 1, 0), Sample.scored(1, 0, 0, 4), Sample.scored(2, 0, 6, 9),
    };
    assertThat(Sample.value(new AreaUnderCurve(3), three)).isCloseTo(2.0 / 3, within(1e-15));
  }

  @Test
  void theErrorIsAtMostWhatItSays() {
    var random = new Random(7);
    Predictions[] many =
        IntStream.range(0, 2000)
            .mapToObj(i -> Sample.scored(i % 2, 0, (float) (random.nextGaussian() + i % 2)))
            .toArray(Predictions[]::new);
    var metric = new AreaUnderCurve(2);
    double[] sums = Sample.sums(metric, many);
    double allowed = metric.details(sums).get("error-at-most");
    assertThat(allowed).isBetween(1e-9, 0.002);
    assertThat(metric.value(sums)).isCloseTo(byPairs(many), within(allowed));
    assertThat(byPairs(many)).isBetween(0.7, 0.8);
  }

  private static double byPairs(Predictions[] all) {
    double right = 0;
    double pairs = 0;
    for (Predictions own : all) {
      for (Predictions other : all) {
        if (own.targets()[0] == 1 && other.targets()[0] == 0) {
          pairs++;
          right += own.score(0, 1) > other.score(0, 1) ? 1 : 0;
        }
      }
    }
    return right / pairs;
  }
}
