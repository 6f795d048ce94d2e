package org.rondo.evaluation.texts;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.metrics.EditDistance;

/**
 * Characters or words that are to be replaced, inserted or taken away to make the right texts of
 * those predicted, per one of the right texts: from 0, and above 1 where more is predicted than
 * there is. Any white space counts as one space, and around a text as none. As a detail of
 * characters, the share of texts without an error.
 *
 * @param unit what is counted
 * @param lowercase whether all letters are made small first
 */
public record TextErrorRate(Unit unit, boolean lowercase) implements TextScore {
  /** Name of the error rate of characters. */
  public static final String CHARACTERS = "character-error-rate";

  /** Name of that of words. */
  public static final String WORDS = "word-error-rate";

  private static final int ERRORS = 0;
  private static final int UNITS = 1;
  private static final int TEXTS = 2;
  private static final int RIGHT_TEXTS = 3;

  /** What is counted. */
  public enum Unit {
    /** Code points, spaces between words among them. */
    CHARACTER,
    /** What stands between white space. */
    WORD
  }

  @Override
  public String name() {
    return unit == Unit.WORD ? WORDS : CHARACTERS;
  }

  @Override
  public String signature() {
    return "nrefs:1|case:" + (lowercase ? "lc" : "mixed") + "|space:one";
  }

  @Override
  public int sums() {
    return 4;
  }

  @Override
  public void add(String predicted, String reference, double[] sums) {
    List<?> right = units(reference);
    int errors = EditDistance.between(units(predicted), right);
    sums[ERRORS] += errors;
    sums[UNITS] += right.size();
    sums[TEXTS]++;
    sums[RIGHT_TEXTS] += errors == 0 ? 1 : 0;
  }

  private List<?> units(String text) {
    String plain = TextSpace.plain(text, lowercase);
    return unit == Unit.CHARACTER ? plain.codePoints().boxed().toList() : TextSpace.split(plain);
  }

  @Override
  public double value(double[] sums) {
    return sums[ERRORS] / sums[UNITS];
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return unit == Unit.WORD || sums[TEXTS] == 0
        ? Map.of()
        : Map.of("transcript-accuracy", sums[RIGHT_TEXTS] / sums[TEXTS]);
  }
}
