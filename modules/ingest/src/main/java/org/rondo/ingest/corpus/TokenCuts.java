package org.rondo.ingest.corpus;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Split;

/** Which tokens of a text belong to which split: the first so many to the first one, and so on. */
public record TokenCuts(List<Cut> cuts) implements Serializable {
  /** The next {@code tokens} tokens belong to {@code split}. */
  record Cut(String split, long tokens) implements Serializable {}

  public TokenCuts {
    cuts = List.copyOf(cuts);
  }

  /** A text that is one split as a whole. */
  public static TokenCuts whole(String split) {
    return new TokenCuts(List.of(new Cut(split, Long.MAX_VALUE)));
  }

  /**
   * Cuts as {@link SplitPlan#fractions} says; in decimal arithmetic, so that a half of 0.1 + 0.1 is
   * not lost by rounding.
   *
   * @param total tokens of the text
   */
  public static TokenCuts of(Map<String, Double> fractions, long total) {
    var ends = new ArrayList<BigDecimal>();
    BigDecimal end = BigDecimal.ONE;
    for (double fraction : reversed(fractions.values())) {
      end = end.subtract(BigDecimal.valueOf(fraction));
      ends.add(0, end);
    }
    var cuts = new ArrayList<Cut>();
    String split = Split.TRAIN;
    long before = 0;
    int next = 0;
    for (String following : fractions.keySet()) {
      BigDecimal exact = BigDecimal.valueOf(total).multiply(ends.get(next++));
      long until = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
      cuts.add(new Cut(split, until - before));
      before = until;
      split = following;
    }
    cuts.add(new Cut(split, Long.MAX_VALUE));
    return new TokenCuts(cuts);
  }

  private static List<Double> reversed(Collection<Double> values) {
    var list = new ArrayList<>(values);
    Collections.reverse(list);
    return list;
  }

  /** Whether the first token is for training. */
  public boolean beginsTraining() {
    return cuts.stream()
        .filter(cut -> cut.tokens() > 0)
        .findFirst()
        .filter(cut -> cut.split().equals(Split.TRAIN))
        .isPresent();
  }

  /** Those of what is left of the text behind so many tokens. */
  public TokenCuts after(long tokens) {
    var rest = new ArrayList<Cut>();
    long passed = tokens;
    for (Cut cut : cuts) {
      long taken = cut.tokens() == Long.MAX_VALUE ? 0 : Math.min(passed, cut.tokens());
      passed -= taken;
      if (taken == 0 || taken < cut.tokens()) {
        rest.add(new Cut(cut.split(), cut.tokens() - taken));
      }
    }
    return new TokenCuts(rest);
  }
}
