package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.inputs.Scale;

/**
 * The values of a window, scaled channel by channel, as they are seen from its last known step or,
 * where forecasts are made from every step, from another one.
 */
final class ScaledWindow {
  private final WindowShape shape;
  private final Example row;
  private final List<ChannelScale> scales;
  private final List<Scale> exogenous;

  /** {@code (known + h, C)}, or without the last ones where these are to come. */
  private final double[] values;

  private final int known;

  /** The step from which is forecast. */
  private final int origin;

  /** {@code (C)}: what is taken off scaled values. */
  private final double[] offsets;

  private ScaledWindow(
      WindowShape shape,
      Example row,
      List<ChannelScale> scales,
      List<Scale> exogenous,
      double[] values,
      int known,
      int origin) {
    this.shape = shape;
    this.row = row;
    this.scales = scales;
    this.exogenous = exogenous;
    this.values = values;
    this.known = known;
    this.origin = origin;
    offsets = new double[shape.width()];
    for (int c = 0; c < offsets.length; c++) {
      offsets[c] = shape.subtractLast() ? scaled(last(c), c) : 0;
    }
  }

  /**
   * As it is seen from its last known step.
   *
   * @param scales of each channel
   * @param exogenous of each other column
   * @throws BadExampleException if the row is no window of the shape
   */
  static ScaledWindow of(
      WindowShape shape, Example row, List<ChannelScale> scales, List<Scale> exogenous) {
    double[] history = row.numbers(WindowPlan.HISTORY);
    requireSteps(shape, row, WindowPlan.HISTORY, shape.carried() ? 1 : shape.inputSize());
    double[] all = history;
    if (row.has(WindowPlan.FUTURE)) {
      requireSteps(shape, row, WindowPlan.FUTURE, shape.horizon());
      double[] future = row.numbers(WindowPlan.FUTURE);
      int last = shape.horizon() * shape.width();
      all = Arrays.copyOf(history, history.length + last);
      System.arraycopy(future, future.length - last, all, history.length, last);
    }
    int known = history.length / shape.width();
    return new ScaledWindow(shape, row, scales, exogenous, all, known, known - 1);
  }

  /** As many steps as that; where splits are taken whole, so many at least. */
  private static void requireSteps(WindowShape shape, Example row, String role, int steps) {
    int numbers = row.numbers(role).length;
    boolean more = shape.carried() && numbers % shape.width() == 0;
    int wanted = steps * shape.width();
    if (more ? numbers < wanted : numbers != wanted) {
      throw row.refused(
          role, String.format(Locale.ROOT, "holds %d numbers, not %d", numbers, wanted));
    }
  }

  /** As it is seen from a step that has h steps behind it. */
  ScaledWindow from(int step) {
    return new ScaledWindow(shape, row, scales, exogenous, values, known, step);
  }

  /** Known steps. */
  int known() {
    return known;
  }

  /** The first step that is forecast from, where the row has what came. */
  int first() {
    int future = row.numbers(WindowPlan.FUTURE).length / shape.width();
    return known - 1 - (future - shape.horizon());
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
    return values[origin * shape.width() + c];
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

  /**
   * {@code (T/S, S (C + H + 2F) + K + S')}: the network's inputs, with S' static numbers. Seen from
   * every step, they are the same for all.
   */
  float[] inputs() {
    int width = shape.width();
    int days = shape.calendar();
    double[] calendar = numbers(WindowPlan.CALENDAR, known * days);
    double[] others = numbers(WindowPlan.EXOGENOUS, known * shape.exogenous().perStep());
    double[] statics = numbers(WindowPlan.STATIC, shape.exogenous().statics().size());
    var inputs = new float[known / shape.segment() * shape.inputs()];
    int at = 0;
    for (int t = 0; t < known; t++) {
      for (int c = 0; c < width; c++) {
        double value = values[t * width + c];
        inputs[at++] =
            shape.carried()
                ? near((float) scaled(value, c), value, scales.get(c).scale())
                : ofNetwork(value, c);
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
    int width = shape.width();
    var future = new float[shape.horizon() * width];
    for (int i = 0; i < future.length; i++) {
      future[i] = ofNetwork(values[(origin + 1) * width + i], i % width);
    }
    return future;
  }

  /** {@code (h,C)}: the last season, again and again; empty where there is none. */
  float[] season() {
    int width = shape.width();
    int season = shape.season();
    var again = new float[season == 0 ? 0 : shape.horizon() * width];
    for (int i = 0; i < again.length; i++) {
      int t = origin + 1 - season + i / width % season;
      again[i] = ofNetwork(values[t * width + i % width], i % width);
    }
    return again;
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
