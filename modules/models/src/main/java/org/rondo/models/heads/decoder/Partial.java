package org.rondo.models.heads.decoder;

/** Labels that a search goes on from: others, and one more. */
final class Partial {
  private final Partial before;
  private final int from;
  private final int label;
  private final int length;
  private final double logProbability;
  private final float[] attention;

  private Partial(Partial before, int from, int label, double logProbability, float[] attention) {
    this.before = before;
    this.from = from;
    this.label = label;
    this.length = before == null ? 0 : before.length + 1;
    this.logProbability = logProbability;
    this.attention = attention;
  }

  /** No labels yet, behind the end, which stands before all. */
  static Partial first(int end) {
    return new Partial(null, 0, end, 0, new float[0]);
  }

  /**
   * One label more.
   *
   * @param place where this one stands in the beam
   * @param weights of the attention when the label was chosen
   */
  Partial with(int next, int place, double newLogProbability, float[] weights) {
    return new Partial(this, place, next, newLogProbability, weights);
  }

  /** The same without the last label; null of the first one. */
  Partial before() {
    return before;
  }

  /** Where the one before stood in the beam. */
  int from() {
    return from;
  }

  int label() {
    return label;
  }

  /** Labels, the end among them. */
  int length() {
    return length;
  }

  double logProbability() {
    return logProbability;
  }

  float[] attention() {
    return attention;
  }
}
