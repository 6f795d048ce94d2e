package org.rondo.evaluation.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand, and against figures of sacreBLEU 2.6.0. */
class TextScoresTest {
  private static final List<String> PREDICTED =
      List.of(
          "The cat is on the mat.",
          "Es kostet 1,000.5 Euro - genau!",
          "",
          "I said: \"no\" &amp; left",
          "a b");
  private static final List<String> REFERENCES =
      List.of(
          "The cat sat on the mat.",
          "Es kostet 1,000.50 Euro, genau.",
          "x",
          "I said \"no\" & left",
          "a b c");

  private static double[] sums(TextScore score, List<String> predicted, List<String> references) {
    var sums = new double[score.sums()];
    for (int i = 0; i < predicted.size(); i++) {
      score.add(predicted.get(i), references.get(i), sums);
    }
    return sums;
  }

  private static double value(TextScore score, String predicted, String reference) {
    return score.value(sums(score, List.of(predicted), List.of(reference)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello, world.|Hello , world .",
        "1,000.5 - 3.|1,000.5 - 3 .",
        "a-b 3-4 don't|a-b 3 - 4 don't",
        "(x)[y]{z}~|( x ) [ y ] { z } ~",
        "&lt;a&gt; &amp;quot; <skipped>b|< a > & quot ; b",
        "\u201eJa\u201c, sagte er\u2026|\u201eJa\u201c , sagte er\u2026",
        "a\u00a0b\u2003c\u3000|a b c",
        "don't 'x'|don't 'x'",
      })
  void wordsAreThoseOfMteval(String text, String words) {
    assertThat(String.join(" ", BleuWords.of(text))).isEqualTo(words);
  }

  /** 7 words each; right are 6 of 7, and in a row 4 of 6, 2 of 5 and 1 of 4. */
  @Test
  void bleuIsTheGeometricMeanOfFourPrecisions() {
    double expected = 100 * Math.pow(6.0 / 7 * 4 / 6 * 2 / 5 * 1 / 4, 0.25);
    assertThat(value(new Bleu(), "The cat is on the mat.", "The cat sat on the mat."))
        .isCloseTo(expected, within(1e-9));
    assertThat(value(new Bleu(), "a b c d", "a b c d")).isCloseTo(100, within(1e-9));
    assertThat(value(new Bleu(), "a b c", "a b c")).as("no four words in a row").isZero();
    assertThat(value(new Bleu(), "a b c d", "A B C D")).as("capitals").isZero();
  }

  /** 4 words for 8: exp(1 - 8/4). Of 1, 2, 3, 4 in a row right: 4/4, 3/3, 2/2, 1/1. */
  @Test
  void shortTranslationsPayAPenalty() {
    assertThat(value(new Bleu(), "a b c d", "a b c d e f g h"))
        .isCloseTo(100 * Math.exp(-1), within(1e-9));
    assertThat(value(new Bleu(), "a b c d e f g h", "a b c d"))
        .as("long ones are less precise")
        .isCloseTo(100 * Math.pow(4.0 / 8 * 3 / 7 * 2 / 6 * 1 / 5, 0.25), within(1e-9));
  }

  /** No two words are right: 1/2 of one of 3, 1/4 of 2, 1/8 of 1. */
  @Test
  void zeroCountsAreSmoothedByHalves() {
    assertThat(value(new Bleu(), "a x c y", "a b c d"))
        .isCloseTo(100 * Math.pow(2.0 / 4 * 1 / 6 * 1 / 8 * 1 / 8, 0.25), within(1e-9));
  }

  @Test
  void figuresOfACorpusAreThoseOfSacreBleu() {
    double[] bleu = sums(new Bleu(), PREDICTED, REFERENCES);
    double[] chrf = sums(new Chrf(), PREDICTED, REFERENCES);
    assertThat(new Bleu().value(bleu)).isCloseTo(40.37733395016754, within(1e-9));
    assertThat(new Chrf().value(chrf)).isCloseTo(61.7451805567243, within(1e-9));
    assertThat(new Bleu().details(bleu))
        .containsEntry("precision-1", 100 * 19 / 24.0)
        .containsEntry("precision-2", 55.0)
        .containsEntry("words", 24.0)
        .containsEntry("reference-words", 25.0)
        .containsEntry("brevity-penalty", StrictMath.exp(1 - 25 / 24.0));
  }

  @Test
  void whereNoWordIsRightNoPrecisionIsSmoothed() {
    double[] sums = sums(new Bleu(), List.of("a b c d"), List.of("e f g h"));
    assertThat(new Bleu().value(sums)).isZero();
    assertThat(new Bleu().details(sums))
        .containsEntry("precision-1", 0.0)
        .containsEntry("precision-4", 0.0)
        .containsEntry("brevity-penalty", 1.0);
  }

  /** ab for abc: of 1 in a row 2/2 and 2/3, of 2 in a row 1/1 and 1/2; three has only one text. */
  @Test
  void chrfWeighsRecallTwice() {
    double recall = (2.0 / 3 + 1.0 / 2) / 2;
    assertThat(value(new Chrf(), "a b", "ab c"))
        .isCloseTo(100 * 5 * recall / (4 + recall), within(1e-9));
    assertThat(value(new Chrf(), "", "x")).isZero();
    assertThat(value(new Chrf(), "\uD83D\uDE00", "\uD83D\uDE01")).as("code points").isZero();
  }

  @Test
  void countsOfPartsAddUp() {
    for (TextScore score : List.of(new Bleu(), new Chrf())) {
      double[] first = sums(score, PREDICTED.subList(0, 2), REFERENCES.subList(0, 2));
      double[] rest = sums(score, PREDICTED.subList(2, 5), REFERENCES.subList(2, 5));
      for (int i = 0; i < first.length; i++) {
        first[i] += rest[i];
      }
      assertThat(first).isEqualTo(sums(score, PREDICTED, REFERENCES));
      assertThat(score.value(new double[score.sums()])).as("of no text").isNaN();
    }
  }

  @Test
  void signaturesAreWrittenAsSacreBleuDoes() {
    assertThat(new Bleu().signature())
        .isEqualTo("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
    assertThat(new Chrf().signature())
        .isEqualTo("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0");
  }
}
