package org.rondo.tasks.anomaly;

import java.util.List;
import java.util.Locale;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.inputs.Scale;

/** All values of a row that is a piece of a series, scaled channel by channel. */
final class ScaledPiece {
  private final int channels;
  private final float[] values;

  /** Steps that are to be learned or judged, the last ones. */
  private final int judged;

  /**
   * @param row with known steps, and with the steps to judge, which go on one step behind those
   * @param scales of each channel
   * @throws BadExampleException if a value is too far off for a float
   */
  ScaledPiece(Example row, List<Scale> scales) {
    channels = scales.size();
    double[] history = row.numbers(WindowPlan.HISTORY);
    double[] future =
        row.has(WindowPlan.FUTURE) ? row.numbers(WindowPlan.FUTURE) : new double[channels];
    values = new float[history.length + channels];
    for (int i = 0; i < history.length; i++) {
      values[i] = scaled(row, history[i], scales.get(i % channels));
    }
    for (int c = 0; c < channels; c++) {
      double last = future[future.length - channels + c];
      values[history.length + c] = scaled(row, last, scales.get(c));
    }
    judged = row.has(WindowPlan.FUTURE) ? future.length / channels : 0;
  }

  /** A value as the network takes it. */
  static float scaled(Example row, double value, Scale scale) {
    float scaled = scale.scaled(value);
    if (!Float.isFinite(scaled)) {
      throw new BadExampleException(
          String.format(
              Locale.ROOT,
              "%s: the value %s is too far from the training steps, whose scale is %s",
              row.place(),
              value,
              scale));
    }
    return scaled;
  }

  /** {@code (n,C)}. */
  float[] values() {
    return values;
  }

  /** n. */
  int length() {
    return values.length / channels;
  }

  boolean isJudged(int t) {
    return t >= length() - judged;
  }
}
