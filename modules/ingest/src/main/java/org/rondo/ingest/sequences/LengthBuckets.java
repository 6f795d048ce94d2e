package org.rondo.ingest.sequences;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The few numbers of steps that minibatches of a dataset have, so that sequences of similar length
 * stand together with little padding: each number needs a network of its own, each padded step is
 * computed for nothing. They follow from the lengths of all sequences, whatever the shard, so that
 * every task has the same ones.
 */
final class LengthBuckets {
  private LengthBuckets() {}

  /**
   * The numbers of steps, ascending; the last is that of the longest sequence, or {@code unroll}
   * where that is less.
   *
   * @param lengths of all sequences; none where nobody counted them
   * @param longest of these lengths, which are rounded up
   * @param unroll steps of a minibatch at most; what is longer is cut in pieces
   * @param most buckets, at least 1; of 1 the only one has {@code unroll} steps
   */
  static List<Integer> steps(LengthCounts lengths, int longest, int unroll, int most) {
    if (most == 1 || lengths.total() == 0) {
      return List.of(unroll);
    }
    return LengthBorders.least(pieces(lengths, longest, unroll), most);
  }

  /** How many pieces there are of each length. */
  private static SortedMap<Integer, Long> pieces(LengthCounts lengths, int longest, int unroll) {
    var pieces = new TreeMap<Integer, Long>();
    lengths
        .counts()
        .forEach(
            (rounded, count) -> {
              int length = Math.max(1, Math.min(rounded, longest)); // a network has a step at least
              int whole = (length - 1) / unroll;
              if (whole > 0) {
                pieces.merge(unroll, whole * count, Long::sum);
              }
              pieces.merge(length - whole * unroll, count, Long::sum);
            });
    return pieces;
  }

  /**
   * Steps of minibatches that hold those sequences in full rows, each piece in the fewest steps
   * that suffice.
   *
   * @param steps as {@link #steps} chose them
   */
  static long stepsInAll(LengthCounts lengths, int longest, int unroll, List<Integer> steps) {
    long all = 0;
    for (Map.Entry<Integer, Long> piece : pieces(lengths, longest, unroll).entrySet()) {
      int wanted = piece.getKey();
      all += piece.getValue() * steps.stream().filter(t -> t >= wanted).findFirst().orElseThrow();
    }
    return all;
  }
}
