package org.rondo.evaluation;

import java.io.Serializable;

/**
 * What a network makes of one part of a split. Not a record, since tasks hand it to the driver
 * through serializers that cannot restore records.
 */
public final class PartSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] losses;
  private final long targets;
  private final double[][] sums;

  PartSums(double[] losses, long targets, double[][] sums) {
    this.losses = losses;
    this.targets = targets;
    this.sums = sums;
  }

  /** {@code (B)}: each row's loss, summed over its targets; not to be modified. */
  public double[] losses() {
    return losses;
  }

  /** Targets that were met in reading the part. */
  public long targets() {
    return targets;
  }

  /** The sums of one of the metrics; empty of those that need no predictions. */
  double[] ofMetric(int metric) {
    return sums[metric];
  }
}
