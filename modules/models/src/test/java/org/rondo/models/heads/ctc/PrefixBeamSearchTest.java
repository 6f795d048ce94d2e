package org.rondo.models.heads.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;

/** Searches with a model of symbols, against all labels that there are. */
class PrefixBeamSearchTest {
  private static final int BLANK = 3;
  private static final int STEPS = 5;

  /**
   * A table of bigrams: the symbol before, or the start in row 3, and the next one, or the end in
   * column 3. Nothing but the end comes behind "11".
   */
  private static final class Bigrams implements SymbolModel {
    private final double[][] probabilities;

    /** Two symbols, as far as there are any. */
    private final List<Integer> last;

    Bigrams(double[][] probabilities, List<Integer> last) {
      this.probabilities = probabilities;
      this.last = last;
    }

    static Bigrams of(double[][] probabilities) {
      return new Bigrams(probabilities, List.of());
    }

    private double probability(int next) {
      if (last.equals(List.of(1, 1))) {
        return next == BLANK ? 1 : 0;
      }
      return probabilities[last.isEmpty() ? BLANK : last.get(last.size() - 1)][next];
    }

    @Override
    public double log(int symbol) {
      return Math.log(probability(symbol));
    }

    @Override
    public double endLog() {
      return Math.log(probability(BLANK));
    }

    @Override
    public SymbolModel after(int symbol) {
      return new Bigrams(
          probabilities,
          last.isEmpty() ? List.of(symbol) : List.of(last.get(last.size() - 1), symbol));
    }
  }

  private static double[][] logits(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    var logits = new double[STEPS][BLANK + 1];
    for (int i = 0; i < STEPS * (BLANK + 1); i++) {
      logits[i / 4][i % 4] = 1.5 * random.gaussian(i);
    }
    return logits;
  }

  private static double[][] table(long seed) {
    CounterRandom random = CounterRandom.of(seed).derive("bigrams");
    var table = new double[BLANK + 1][BLANK + 1];
    for (int row = 0; row <= BLANK; row++) {
      for (int next = 0; next <= BLANK; next++) {
        table[row][next] = random.uniform(4L * row + next);
      }
      double sum = Arrays.stream(table[row]).sum();
      for (int next = 0; next <= BLANK; next++) {
        table[row][next] /= sum;
      }
    }
    return table;
  }

  private static List<Integer> run(PrefixBeamSearch search, double[][] logits) {
    for (double[] step : logits) {
      search.step(step);
    }
    return Arrays.stream(search.best()).boxed().toList();
  }

  private static double score(
      double log, List<Integer> label, double[][] table, double weight, double bonus) {
    double model = 0;
    int[] before = {-1, BLANK};
    for (int symbol : label) {
      boolean over = before[0] == 1 && before[1] == 1;
      model += Math.log(over ? 0 : table[before[1]][symbol]);
      before = new int[] {before[1], symbol};
    }
    boolean over = before[0] == 1 && before[1] == 1;
    model += Math.log(over ? 1 : table[before[1]][BLANK]);
    return log + weight * model + bonus * label.size();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "1, 0", "1, 0.7", "3, 2", "0.2, -1"})
  void aWideBeamFindsTheBestOfAllLabels(double weight, double bonus) {
    int changed = 0;
    for (long seed = 1; seed <= 20; seed++) {
      double[][] logits = logits(seed);
      double[][] table = table(seed);
      var reference = new ReferenceCtc(logits);
      List<Integer> best = null;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (var label : reference.labels.entrySet()) {
        double score = score(Math.log(label.getValue()), label.getKey(), table, weight, bonus);
        if (score > bestScore) {
          bestScore = score;
          best = label.getKey();
        }
      }
      var search = new PrefixBeamSearch(BLANK + 1, 5000, Bigrams.of(table), weight, bonus);
      assertThat(run(search, logits)).as("seed %d", seed).isEqualTo(best);
      assertThat(search.logProbability())
          .isCloseTo(Math.log(reference.labels.get(best)), within(1e-12));
      changed += best.equals(reference.mostProbable()) ? 0 : 1;
    }
    assertThat(changed).as("labels that the model changes").isPositive();
  }

  @Test
  void aModelWithoutWeightChangesNoBit() {
    for (long seed = 1; seed <= 50; seed++) {
      for (int width : new int[] {1, 2, 4}) {
        var alone = new PrefixBeamSearch(BLANK + 1, width);
        var beside = new PrefixBeamSearch(BLANK + 1, width, Bigrams.of(table(seed)), 0, 0);
        assertThat(run(beside, logits(seed))).isEqualTo(run(alone, logits(seed)));
        assertThat(beside.logProbability()).isEqualTo(alone.logProbability());
      }
    }
  }

  /** Of two symbols that sound alike, the model decides; its certainty of the end too. */
  @Test
  void theModelDecidesWhereTheSoundDoesNot() {
    double[][] table = {
      {0.05, 0.9, 0.025, 0.025}, {0.25, 0.25, 0.25, 0.25}, {0.25, 0.25, 0.25, 0.25}, {1, 0, 0, 0}
    };
    double[][] logits = {{5, 0, 0, 0}, {0, 5, 5.1, 0}};
    assertThat(run(new PrefixBeamSearch(4, 8), logits)).containsExactly(0, 2);
    var search = new PrefixBeamSearch(4, 8, Bigrams.of(table), 1, 0);
    assertThat(run(search, logits)).containsExactly(0, 1);
  }
}
