package org.rondo.evaluation.anomalies;

/**
 * What detections and misses weigh in NAB's score, by its three application profiles.
 *
 * @see <a href="https://arxiv.org/abs/1510.03336">Lavin and Ahmad 2015, section III</a>
 */
public enum NabProfile {
  /** Random detections neither gain nor lose, with a tenth of the steps in windows. */
  STANDARD("standard", 1, 0.11, 1),
  /** False positives cost twice as much. */
  REWARD_LOW_FP("reward low FP", 1, 0.22, 1),
  /** Missed windows cost twice as much. */
  REWARD_LOW_FN("reward low FN", 1, 0.11, 2);

  private final String title;
  private final double truePositive;
  private final double falsePositive;
  private final double falseNegative;

  NabProfile(String title, double truePositive, double falsePositive, double falseNegative) {
    this.title = title;
    this.truePositive = truePositive;
    this.falsePositive = falsePositive;
    this.falseNegative = falseNegative;
  }

  /** Name in NAB's tables of results. */
  public String title() {
    return title;
  }

  /** Weight of a window that is detected at its first step. */
  double truePositive() {
    return truePositive;
  }

  /** Weight of a detection far from all windows. */
  double falsePositive() {
    return falsePositive;
  }

  /** Weight of a window without a detection. */
  double falseNegative() {
    return falseNegative;
  }
}
