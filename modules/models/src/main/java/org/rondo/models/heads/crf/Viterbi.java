package org.rondo.models.heads.crf;

import java.util.Arrays;

/**
 * The tags of highest score of a sequence with emissions s and transitions A:
 *
 * <pre>
 *   best(0,j) = start(j) + s(0,j)
 *   best(t,j) = s(t,j) + max over i of best(t-1,i) + A(i,j)
 *   y_n-1     = argmax over j of best(n-1,j) + end(j), and back along the i that were best
 * </pre>
 *
 * <p>Sums are in double. Of equal scores the lowest tag is taken: the lowest last tag, then the
 * lowest tag before it, and so on.
 *
 * @see <a href="https://doi.org/10.1109/TIT.1967.1054010">Viterbi 1967</a>
 */
final class Viterbi {
  private final int tags;
  private final float[] transitions;
  private final float[] start;
  private final float[] end;

  /** {@code (T,K)}: the best tag before. */
  private final int[] before;

  private double[] best;
  private double[] next;

  /**
   * @param scores as they are now
   * @param steps T, of the longest sequence
   */
  Viterbi(TagScores scores, int steps) {
    tags = scores.end().length();
    transitions = scores.between().scores().toArray();
    start = scores.first().scores().toArray();
    end = scores.end().toArray();
    before = new int[steps * tags];
    best = new double[tags];
    next = new double[tags];
  }

  /**
   * Decodes one of the sequences that lie side by side.
   *
   * @param emissions {@code (T,B,K)}
   * @param path {@code (T,B)}: those elements are overwritten that belong to the sequence's steps
   * @param b the sequence
   * @param batch B
   */
  void decode(float[] emissions, int[] path, int b, int batch, int length) {
    if (length == 0) {
      return;
    }
    for (int j = 0; j < tags; j++) {
      best[j] = (double) start[j] + emissions[b * tags + j];
    }
    for (int t = 1; t < length; t++) {
      extend(emissions, (t * batch + b) * tags, t * tags);
    }
    for (int j = 0; j < tags; j++) {
      best[j] += end[j];
    }
    int tag = lowestOfBest();
    for (int t = length - 1; t > 0; t--) {
      path[t * batch + b] = tag;
      tag = before[t * tags + tag];
    }
    path[b] = tag;
  }

  private void extend(float[] emissions, int at, int beforeAt) {
    Arrays.fill(next, Double.NEGATIVE_INFINITY);
    Arrays.fill(before, beforeAt, beforeAt + tags, 0);
    for (int i = 0; i < tags; i++) {
      for (int j = 0; j < tags; j++) {
        double score = best[i] + transitions[i * tags + j];
        if (score > next[j]) {
          next[j] = score;
          before[beforeAt + j] = i;
        }
      }
    }
    for (int j = 0; j < tags; j++) {
      next[j] += emissions[at + j];
    }
    double[] free = best;
    best = next;
    next = free;
  }

  private int lowestOfBest() {
    int tag = 0;
    for (int j = 1; j < tags; j++) {
      if (best[j] > best[tag]) {
        tag = j;
      }
    }
    return tag;
  }
}
