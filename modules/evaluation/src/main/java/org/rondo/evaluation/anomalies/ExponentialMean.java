package org.rondo.evaluation.anomalies;

/**
 * Exponentially weighted mean of values as they come, whose weights fall by k = 1 - 2 / (span + 1)
 * a step and are normalised over the steps there are: (x_n + k x_(n-1) + ...) / (1 + k + ...).
 */
public final class ExponentialMean {
  /** Numbers that {@link #write} needs. */
  public static final int MEMORY = 2;

  private final double keep;
  private double sum;
  private double weight;

  /** The mean of no value yet. */
  public ExponentialMean(int span) {
    keep = 1 - 2.0 / (span + 1);
  }

  /** The mean with the next value. */
  public double next(double value) {
    sum = value + keep * sum;
    weight = 1 + keep * weight;
    return sum / weight;
  }

  /**
   * Writes everything that decides later means.
   *
   * @param memory has room for {@link #MEMORY} numbers from there on
   */
  public void write(double[] memory, int at) {
    memory[at] = sum;
    memory[at + 1] = weight;
  }

  /** Goes on from what a mean of the same span wrote, or from zeros as from no value. */
  public void read(double[] memory, int at) {
    sum = memory[at];
    weight = memory[at + 1];
  }
}
