package org.rondo.tasks.anomaly;

import java.io.Serializable;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.TaskSettings;

/**
 * What the network gives at every step of a series, and how far off it was. By {@value #FORECAST},
 * the values of the next step; the error of a step is that of the forecast that was made one step
 * before. By {@value #REBUILD}, an autoencoder, the values of the last w steps, rebuilt from the
 * carried state alone; the error of a step is the mean over these.
 *
 * @param method {@value #FORECAST} or {@value #REBUILD}
 * @param subtractLast whether a forecast is made of the change since the last step
 * @param window w
 */
record Expectation(String method, boolean subtractLast, int window) implements Serializable {
  static final String FORECAST = "forecast";
  static final String REBUILD = "rebuild";
  private static final int MOST_STEPS = 1 << 12;

  Expectation {
    ValueException.unless(List.of(FORECAST, REBUILD).contains(method), "method", method, "is none");
    ValueException.unlessWithin("window", window, 1, MOST_STEPS);
  }

  static Expectation of(TaskSettings settings) {
    return new Expectation(
        settings.choice("method", List.of(FORECAST, REBUILD)),
        settings.flag("subtract_last"),
        settings.whole("window", 1, MOST_STEPS));
  }

  boolean rebuilds() {
    return method.equals(REBUILD);
  }

  /** Steps before one that its error needs, beside itself. */
  int before() {
    return rebuilds() ? window - 1 : 1;
  }

  /** Values that are predicted at a step of C channels. */
  int outputs(int channels) {
    return rebuilds() ? window * channels : channels;
  }

  /**
   * Writes what is to be predicted after step t.
   *
   * @param values {@code (n,C)} of a series
   * @param targets {@code (outputs)} from there on
   */
  void target(float[] values, int channels, int t, float[] targets, int at) {
    if (rebuilds()) {
      System.arraycopy(values, (t + 1 - window) * channels, targets, at, window * channels);
      return;
    }
    for (int c = 0; c < channels; c++) {
      float next = values[(t + 1) * channels + c];
      targets[at + c] = subtractLast ? next - values[t * channels + c] : next;
    }
  }

  /** Whether something is to be predicted after step t of n. */
  boolean hasTarget(int t, int n) {
    return rebuilds() ? t >= window - 1 : t + 1 < n;
  }

  /**
   * Absolute errors of each channel.
   *
   * @param targets as {@link #target} wrote them
   * @param predicted as the network gives them
   */
  double[] errors(float[] targets, int at, float[] predicted, int from, int channels) {
    var errors = new double[channels];
    int outputs = outputs(channels);
    int perChannel = outputs / channels;
    for (int i = 0; i < outputs; i++) {
      errors[i % channels] += Math.abs((double) targets[at + i] - predicted[from + i]);
    }
    for (int c = 0; c < channels; c++) {
      errors[c] /= perChannel;
    }
    return errors;
  }
}
