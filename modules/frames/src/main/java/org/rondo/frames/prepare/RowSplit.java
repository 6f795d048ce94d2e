package org.rondo.frames.prepare;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.rondo.ingest.Split;

/**
 * Which split the rows of a source are of: one that is given, or one of those that the source is
 * cut into.
 *
 * @param given number of a split of {@link Split#NAMES}; that of training where the source is cut
 * @param validation fraction of the rows; 0 where the split is given
 * @param test fraction of the rows; 0 where the split is given
 */
record RowSplit(int given, double validation, double test) implements Serializable {
  private static final int TRAIN = Split.NAMES.indexOf(Split.TRAIN);
  private static final int VALIDATION = Split.NAMES.indexOf(Split.VALIDATION);
  private static final int TEST = Split.NAMES.indexOf(Split.TEST);

  /**
   * @param source a split, or any other name for a source that is cut
   * @param fractions of {@link org.rondo.ingest.corpus.SplitPlan#fractions}
   */
  static RowSplit of(String source, Map<String, Double> fractions) {
    int given = Split.NAMES.indexOf(source);
    return given >= 0
        ? new RowSplit(given, 0, 0)
        : new RowSplit(
            TRAIN,
            fractions.getOrDefault(Split.VALIDATION, 0.0),
            fractions.getOrDefault(Split.TEST, 0.0));
  }

  /** Drawn by the row's hash: equal rows are of one split, and other rows change nothing. */
  RowKey of(RowKey key) {
    if (validation == 0 && test == 0) {
      return key;
    }
    double draw = key.draw();
    return key.in(draw < validation ? VALIDATION : draw < validation + test ? TEST : TRAIN);
  }

  boolean isOfTraining() {
    return given == TRAIN;
  }

  /**
   * Cut in order: training first, then validation, test last.
   *
   * @param rank of the row among the {@code count} rows of the source
   * @return the row in its split, with its rank in that
   */
  RowKey cut(RowKey key, long rank, long count) {
    long train = train(count);
    long learnt = learnt(count);
    if (rank < train) {
      return key.at(TRAIN, rank);
    }
    return rank < learnt ? key.at(VALIDATION, rank - train) : key.at(TEST, rank - learnt);
  }

  /**
   * Rows of each split after {@link #cut}.
   *
   * @param counts rows of each split before it
   */
  long[] sizes(long[] counts) {
    long all = counts[TRAIN];
    long[] sizes = counts.clone();
    sizes[TRAIN] = train(all);
    sizes[VALIDATION] += learnt(all) - train(all);
    sizes[TEST] += all - learnt(all);
    return sizes;
  }

  private long train(long count) {
    return without(count, validation, test);
  }

  private long learnt(long count) {
    return without(count, test);
  }

  /** In decimal arithmetic, as texts are cut: in binary 1 - 0.4 - 0.2 is less than 0.4. */
  private static long without(long count, double... fractions) {
    BigDecimal rest = BigDecimal.ONE;
    for (double fraction : fractions) {
      rest = rest.subtract(BigDecimal.valueOf(fraction));
    }
    return rest.multiply(BigDecimal.valueOf(count))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}
