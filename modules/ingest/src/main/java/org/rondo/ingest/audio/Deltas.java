package org.rondo.ingest.audio;

import java.util.Arrays;

/**
 * How frames change: {@code d(t) = sum over n = 1, 2 of n (c(t+n) - c(t-n)) / 10}, the slope of a
 * line through five frames; the first and the last frame stand for those beyond them.
 *
 * @see <a href="https://ai.stanford.edu/~amaas/data/htkbook.pdf">Young et al., The HTK Book,
 *     equation 5.16</a>
 */
final class Deltas {
  private static final int REACH = 2;

  private Deltas() {}

  /**
   * Frames with their changes behind them.
   *
   * @param frames {@code (T,F)}
   * @param times how often the change is taken: of the frames, of that change
   * @return {@code (T,F * (1 + times))}
   */
  static float[][] appended(float[][] frames, int times) {
    float[][] all = frames;
    float[][] last = frames;
    for (int i = 0; i < times; i++) {
      last = changes(last);
      all = beside(all, last);
    }
    return all;
  }

  private static float[][] changes(float[][] frames) {
    int steps = frames.length;
    var changes = new float[steps][frames[0].length];
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < changes[t].length; f++) {
        double sum = 0;
        for (int n = 1; n <= REACH; n++) {
          float after = frames[Math.min(steps - 1, t + n)][f];
          float before = frames[Math.max(0, t - n)][f];
          sum += n * ((double) after - before);
        }
        changes[t][f] = (float) (sum / 10); // 2 * (1 + 4)
      }
    }
    return changes;
  }

  private static float[][] beside(float[][] one, float[][] other) {
    var both = new float[one.length][];
    for (int t = 0; t < one.length; t++) {
      both[t] = Arrays.copyOf(one[t], one[t].length + other[t].length);
      System.arraycopy(other[t], 0, both[t], one[t].length, other[t].length);
    }
    return both;
  }
}
