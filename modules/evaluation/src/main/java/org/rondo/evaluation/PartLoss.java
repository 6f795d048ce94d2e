package org.rondo.evaluation;

import java.io.Serializable;

/**
 * What a network makes of one part of a split. Not a record, since tasks hand it to the driver
 * through serializers that cannot restore records.
 */
public final class PartLoss implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] sums;
  private final long targets;

  PartLoss(double[] sums, long targets) {
    this.sums = sums;
    this.targets = targets;
  }

  /** {@code (B)}: each row's sum over its targets; not to be modified. */
  public double[] sums() {
    return sums;
  }

  /** Targets that were met in reading the part. */
  public long targets() {
    return targets;
  }
}
