package org.rondo.tasks.inputs;

import java.util.Collections;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * How numbers are scaled for a network.
 *
 * @param mean that is taken off
 * @param deviation that the rest is divided by
 */
public record Scale(double mean, double deviation) {
  public Scale {
    ValueException.unless(Double.isFinite(mean), "mean", mean, "must be finite");
    ValueException.unless(
        deviation > 0 && Double.isFinite(deviation), "deviation", deviation, "must be > 0");
  }

  /** So many that leave numbers as they are. */
  public static List<Scale> none(int count) {
    return Collections.nCopies(count, new Scale(0, 1));
  }

  /** A number as the network takes it. */
  public float scaled(double value) {
    return (float) ((value - mean) / deviation);
  }

  /** The number of which {@link #scaled} made that. */
  public double unscaled(float value) {
    return value * deviation + mean;
  }
}
