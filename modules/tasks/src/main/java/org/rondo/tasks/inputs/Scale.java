package org.rondo.tasks.inputs;

import java.util.Collections;
import java.util.List;
import org.rondo.ingest.sequences.Sequence;
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

  /**
   * That every value of a step has a scale.
   *
   * @throws ValueException if there are more or fewer, or one is missing
   */
  public static void requireCount(List<Scale> scales, int width) {
    ValueException.unlessGiven("scales", scales);
    ValueException.unless(
        scales.size() == width,
        "scales",
        scales.size(),
        "must be one for each of the " + width + " values of a step");
    scales.forEach(scale -> ValueException.unlessGiven("scales", scale));
  }

  /**
   * Values over time as a network takes them.
   *
   * @param steps {@code (T,F)}, of one step at least
   * @param scales F
   */
  public static Sequence sequence(float[][] steps, List<Scale> scales) {
    int width = scales.size();
    var values = new float[steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      for (int f = 0; f < width; f++) {
        values[t * width + f] = scales.get(f).scaled(steps[t][f]);
      }
    }
    return Sequence.ofValues(values, width);
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
