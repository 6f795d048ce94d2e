package org.rondo.evaluation.texts;

import java.util.HashMap;
import java.util.Map;

/**
 * chrF2 of a corpus, as sacreBLEU defines it: precision and recall of 1 to 6 characters in a row,
 * without white space, each the mean over those lengths that both texts have, and their F-score
 * that weighs recall twice.
 *
 * @see <a href="https://aclanthology.org/W15-3049">Popović 2015</a>
 */
public record Chrf() implements TextScore {
  private static final int ORDER = 6;

  /** Beta squared. */
  private static final double FACTOR = 4;

  private static final int PREDICTED = 0;
  private static final int REFERENCE = 1;
  private static final int RIGHT = 2;
  private static final int KINDS = 3;
  private static final int TEXTS = KINDS * ORDER;

  @Override
  public String name() {
    return "chrf";
  }

  @Override
  public String signature() {
    return "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0";
  }

  @Override
  public int sums() {
    return TEXTS + 1;
  }

  @Override
  public void add(String predicted, String reference, double[] sums) {
    int[] points = TextSpace.without(predicted);
    int[] right = TextSpace.without(reference);
    sums[TEXTS]++;
    for (int n = 1; n <= ORDER; n++) {
      int at = KINDS * (n - 1);
      Map<String, Integer> expected = counts(right, n);
      if (right.length >= n) { // else sacreBLEU does not count what is predicted
        sums[at + PREDICTED] += Math.max(0, points.length - n + 1);
        sums[at + REFERENCE] += right.length - n + 1;
      }
      for (Map.Entry<String, Integer> each : counts(points, n).entrySet()) {
        sums[at + RIGHT] += Math.min(each.getValue(), expected.getOrDefault(each.getKey(), 0));
      }
    }
  }

  private static Map<String, Integer> counts(int[] points, int n) {
    var counts = new HashMap<String, Integer>();
    for (int i = 0; i + n <= points.length; i++) {
      counts.merge(new String(points, i, n), 1, Integer::sum);
    }
    return counts;
  }

  @Override
  public double value(double[] sums) {
    if (sums[TEXTS] == 0) {
      return Double.NaN;
    }
    double precision = 0;
    double recall = 0;
    int lengths = 0;
    for (int at = 0; at < TEXTS; at += KINDS) {
      if (sums[at + PREDICTED] > 0 && sums[at + REFERENCE] > 0) {
        precision += sums[at + RIGHT] / sums[at + PREDICTED];
        recall += sums[at + RIGHT] / sums[at + REFERENCE];
        lengths++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= lengths;
    recall /= lengths;
    return 100 * ((1 + FACTOR) * precision * recall / (FACTOR * precision + recall));
  }
}
