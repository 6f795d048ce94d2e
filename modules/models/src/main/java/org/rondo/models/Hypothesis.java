package org.rondo.models;

/** Labels that a search found for a sequence. Its arrays are not to be modified. */
public final class Hypothesis {
  private final int[] labels;
  private final boolean ended;
  private final double logProbability;
  private final double score;
  private final float[][] attention;

  /**
   * @param labels without the end
   * @param ended whether the end follows them
   * @param logProbability of the labels, and of the end where it follows, in nats
   * @param score by which hypotheses are compared
   * @param attention one row for each label, and for the end
   */
  public Hypothesis(
      int[] labels, boolean ended, double logProbability, double score, float[][] attention) {
    this.labels = labels;
    this.ended = ended;
    this.logProbability = logProbability;
    this.score = score;
    this.attention = attention;
  }

  /** The labels, without the end. */
  public int[] labels() {
    return labels;
  }

  /** Whether the end follows the labels; else the search came to the longest that may be. */
  public boolean ended() {
    return ended;
  }

  /** Of the labels, and of the end where it follows, in nats. */
  public double logProbability() {
    return logProbability;
  }

  /** By which hypotheses are compared: the log probability, changed by penalties. */
  public double score() {
    return score;
  }

  /**
   * One row for each label, and for the end: the weights of the sequence's own steps, which add up
   * to 1.
   */
  public float[][] attention() {
    return attention;
  }
}
