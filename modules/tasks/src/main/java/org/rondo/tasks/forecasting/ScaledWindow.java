package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.inputs.Scale;

/** The values of a window, scaled channel by channel. */
final class ScaledWindow {
  private final WindowShape shape;
  private final Example row;
  private final List<ChannelScale> scales;
  private final List<Scale> exogenous;
  private final double[] history;

  /** {@code (C)}: what is taken off scaled values. */
  private final double[] offsets;

  /**
   * @param scales of each channel
   * @param exogenous of each other column
   * @throws BadExampleException if the row is no window of the shape
   */
  ScaledWindow(WindowShape shape, Example row, List<ChannelScale> scales, List<Scale> exogenous) {
    this.shape = shape;
    this.row = row;
    this.scales = scales;
    this.exogenous = exogenous;
    history = numbers(WindowPlan.HISTORY, shape.inputSize() * shape.width());
    offsets = new double[shape.width()];
    for (int c = 0; c < offsets.length; c++) {
      offsets[c] = shape.subtractLast() ? scaled(last(c), c) : 0;
    }
  }

  private double[] numbers(String role, int count) {
    double[] numbers = row.numbers(role);
    if (numbers.length != count) {
      throw row.refused(
          role, String.format(Locale.ROOT, "holds %d numbers, not %d", numbers.length, count));
    }
    return numbers;
  }

  private double last(int c) {
    return history[(shape.inputSize() - 1) * shape.width() + c];
  }

  private double scaled(double value, int c) {
    return (value - scales.get(c).scale().mean()) / scales.get(c).scale().deviation();
  }

  /** A value as the network takes and makes it. */
  private float ofNetwork(double value, int c) {
    return near((float) (scaled(value, c) - offsets[c]), value, scales.get(c).scale());
  }

  private float near(float scaled, double value, Scale scale) {
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

  /** The value of the data that a number of the network stands for. */
  double ofData(double value, int c) {
    return (value + offsets[c]) * scales.get(c).scale().deviation() + scales.get(c).scale().mean();
  }

  /** {@code (C)}: what 1 of the network is in the data. */
  double[] units() {
    return scales.stream().mapToDouble(each -> each.scale().deviation()).toArray();
  }

  /** {@code (T/S, S (C + H + 2F) + K + S')}: the network's inputs, with S' static numbers. */
  float[] inputs() {
    int width = shape.width();
    int days = shape.calendar();
    double[] calendar = numbers(WindowPlan.CALENDAR, shape.inputSize() * days);
    double[] others =
        numbers(WindowPlan.EXOGENOUS, shape.inputSize() * shape.exogenous().perStep());
    double[] statics = numbers(WindowPlan.STATIC, shape.exogenous().statics().size());
    var inputs = new float[shape.steps() * shape.inputs()];
    int at = 0;
    for (int t = 0; t < shape.inputSize(); t++) {
      for (int c = 0; c < width; c++) {
        inputs[at++] = ofNetwork(history[t * width + c], c);
      }
      if ((t + 1) % shape.segment() == 0) {
        for (int k = 0; k < days; k++) {
          inputs[at++] = (float) calendar[t * days + k];
        }
        at = others(t + 1 - shape.segment(), t + 1, others, statics, inputs, at);
      }
    }
    return inputs;
  }

  /**
   * Writes what other columns hold at some steps, then what they hold at every step.
   *
   * @return the place behind
   */
  private int others(
      int from, int to, double[] others, double[] statics, float[] inputs, int place) {
    int at = place;
    int width = shape.exogenous().perStep();
    int future = shape.exogenous().future().size();
    for (int i = from * width; i < to * width; i++) {
      int column = i % width;
      int scale = column < exogenous.size() - statics.length ? column : column - future;
      inputs[at++] = near(exogenous.get(scale).scaled(others[i]), others[i], exogenous.get(scale));
    }
    for (int i = 0; i < statics.length; i++) {
      Scale scale = exogenous.get(exogenous.size() - statics.length + i);
      inputs[at++] = near(scale.scaled(statics[i]), statics[i], scale);
    }
    return at;
  }

  /** {@code (h,C)}: what is to be forecast. */
  float[] future() {
    double[] future = numbers(WindowPlan.FUTURE, shape.horizon() * shape.width());
    var values = new float[future.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ofNetwork(future[i], i % shape.width());
    }
    return values;
  }

  /** {@code (h,C)}: the last season, again and again; empty where there is none. */
  float[] season() {
    int width = shape.width();
    int season = shape.season();
    var values = new float[season == 0 ? 0 : shape.horizon() * width];
    for (int i = 0; i < values.length; i++) {
      int t = shape.inputSize() - season + i / width % season;
      values[i] = ofNetwork(history[t * width + i % width], i % width);
    }
    return values;
  }

  /** Of each channel: unit, base, scale of the errors, last value. */
  List<float[]> notes() {
    var notes = new ArrayList<float[]>();
    for (int c = 0; c < shape.width(); c++) {
      notes.add(
          new float[] {
            (float) scales.get(c).scale().deviation(),
            (float) ofData(0, c),
            (float) scales.get(c).naiveError(),
            ofNetwork(last(c), c)
          });
    }
    return notes;
  }
}
