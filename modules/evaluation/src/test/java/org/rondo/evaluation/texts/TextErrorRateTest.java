package org.rondo.evaluation.texts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rondo.evaluation.texts.TextErrorRate.Unit;

/** Error rates of texts, by hand. */
class TextErrorRateTest {
  private static double[] sums(TextScore score, String... predictedAndRight) {
    var sums = new double[score.sums()];
    for (int i = 0; i < predictedAndRight.length; i += 2) {
      score.add(predictedAndRight[i], predictedAndRight[i + 1], sums);
    }
    return sums;
  }

  /** 3 of 6 letters and 1 of 4, spaces and capitals aside. */
  @Test
  void charactersAreCountedOfAllTexts() {
    TextScore score = new TextErrorRate(Unit.CHARACTER, true);
    double[] sums = sums(score, "sitting", " Kitten ", "a  b", "a bc", "one", "ONE");
    assertThat(score.value(sums)).isEqualTo(4.0 / 13);
    assertThat(score.details(sums)).containsEntry("transcript-accuracy", 1.0 / 3);
    assertThat(score.name()).isEqualTo("character-error-rate");
    assertThat(score.signature()).isEqualTo("nrefs:1|case:lc|space:one");
    TextScore cased = new TextErrorRate(Unit.CHARACTER, false);
    assertThat(cased.value(sums(cased, "one", "One"))).isEqualTo(1.0 / 3);
    assertThat(cased.signature()).contains("case:mixed");
  }

  /** Two replaced and one missing of four. */
  @Test
  void wordsAreCountedOfAllTexts() {
    TextScore score = new TextErrorRate(Unit.WORD, false);
    assertThat(score.value(sums(score, "one too tree", "one two  three four"))).isEqualTo(0.75);
    assertThat(score.value(sums(score, "", "one two", "one", ""))).isEqualTo(1.5);
    assertThat(score.value(sums(score))).isNaN();
    assertThat(score.name()).isEqualTo("word-error-rate");
    assertThat(score.details(sums(score, "a", "a"))).isEmpty();
    assertThat(score.value(sums(score, "\u2003a\u00A0b", "a b\u3000"))).as("spaces").isZero();
    TextScore small = new TextErrorRate(Unit.WORD, true);
    assertThat(small.value(sums(small, "\u03A3\u03A3", "\u03C3\u03C3"))).as("sigma").isZero();
  }
}
