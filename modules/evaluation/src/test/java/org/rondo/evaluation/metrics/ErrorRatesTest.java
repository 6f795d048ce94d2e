package org.rondo.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.models.Minibatch;

/** Error rates of transcripts, by hand. */
class ErrorRatesTest {
  private static final Metric CHARACTERS = new SymbolErrorRate("character-error-rate");

  /** Class 0 is the space. */
  private static final String SYMBOLS = " abcdefghijklmnopqrstuvwxyz";

  private static Predictions predictions(String right, String predicted) {
    int count = Math.max(right.length(), predicted.length());
    return new Predictions(
        classes(right, count), classes(predicted, count), 1, new float[count], new float[0]);
  }

  private static int[] classes(String text, int count) {
    var classes = new int[count];
    Arrays.fill(classes, Minibatch.NO_TARGET);
    for (int n = 0; n < text.length(); n++) {
      classes[n] = SYMBOLS.indexOf(text.charAt(n));
    }
    return classes;
  }

  private static double value(Metric metric, Predictions... all) {
    return metric.value(sums(metric, all));
  }

  private static double[] sums(Metric metric, Predictions... all) {
    var sums = new double[metric.sums()];
    for (Predictions one : all) {
      metric.add(one, sums);
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "sitting, kitten, 3",
    "saturday, sunday, 3",
    "abc, abc, 0",
    "abc, '', 3",
    "'', abc, 3",
    "'', '', 0",
    "abcd, bcda, 2",
    "ab, ba, 2",
    "aab, ab, 1",
  })
  void editDistanceIsThatOfLevenshtein(String one, String other, int expected) {
    assertThat(EditDistance.between(letters(one), letters(other))).isEqualTo(expected);
  }

  private static List<String> letters(String text) {
    return text.chars().mapToObj(Character::toString).toList();
  }

  /** 3 of 6 letters, then 1 of 4: of all letters, not the mean of the two. */
  @Test
  void characterErrorsAreCountedPerRightCharacter() {
    Predictions kitten = predictions("kitten", "sitting");
    Predictions nine = predictions("nine", "nin");
    assertThat(value(CHARACTERS, kitten, nine)).isEqualTo(4.0 / 10);
    assertThat(value(CHARACTERS, predictions("a", "bcd"))).isEqualTo(3);
    assertThat(value(CHARACTERS, predictions("", "ab"), kitten)).isEqualTo(5.0 / 6);
    double[] sums = sums(CHARACTERS, kitten, predictions("six", "six"));
    assertThat(CHARACTERS.details(sums)).containsEntry("transcript-accuracy", 0.5);
  }

  /** "one too tree" for "one two three four": two replaced, one missing. */
  @Test
  void wordErrorsAreCountedPerRightWord() {
    Metric metric = new WordErrorRate(0);
    assertThat(value(metric, predictions("one two three four", "one too tree"))).isEqualTo(0.75);
    assertThat(value(metric, predictions("one two", " one  two "))).as("spaces").isZero();
    assertThat(value(metric, predictions("one two", "onetwo"))).isEqualTo(1);
    assertThat(value(new WordErrorRate(-1), predictions("one", "on"), predictions("two", "two")))
        .isEqualTo(0.5);
  }

  @Test
  void lessIsBetter() {
    assertThat(CHARACTERS.higherIsBetter()).isFalse();
    assertThat(new WordErrorRate(0).higherIsBetter()).isFalse();
  }
}
