package org.rondo.tasks.forecasting;

import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.WindowPlan;

/**
 * How a window becomes a sequence: T known steps of C channels and K numbers of the calendar, as T
 * / S steps of the network, each of which has S C values and the calendar of its last step.
 *
 * @param inputSize T
 * @param horizon h
 * @param segment S
 * @param subtractLast whether the last known value is taken off all values
 * @param season steps; 0 for none
 * @param perChannel whether a window has one channel, whichever
 * @param channels names of the channels that a window has, in their order; of all series if it has
 *     one
 * @param calendar names of the K numbers
 */
record WindowShape(
    int inputSize,
    int horizon,
    int segment,
    boolean subtractLast,
    int season,
    boolean perChannel,
    List<String> channels,
    List<String> calendar) {
  WindowShape {
    ValueException.unless(inputSize >= 1, "inputSize", inputSize, "must be >= 1");
    ValueException.unless(horizon >= 1, "horizon", horizon, "must be >= 1");
    ValueException.unless(
        segment >= 1 && inputSize % segment == 0, "segment", segment, "must divide inputSize");
    ValueException.unless(
        season >= 0 && season <= inputSize, "season", season, "must be from 0 to inputSize");
    ValueException.unless(!channels.isEmpty(), "channels", channels, "must not be empty");
    channels = List.copyOf(channels);
    calendar = List.copyOf(calendar);
  }

  static WindowShape of(ForecastingPlan plan, List<String> channels) {
    WindowPlan windows = plan.windows();
    return new WindowShape(
        windows.inputSize(),
        windows.horizon(),
        plan.segment(),
        plan.subtractLast(),
        windows.season(),
        windows.perChannel(),
        channels,
        windows.calendar());
  }

  /** C. */
  int width() {
    return perChannel ? 1 : channels.size();
  }

  /** Steps of the network. */
  int steps() {
    return inputSize / segment;
  }

  /** Values in a step of the network. */
  int inputs() {
    return segment * width() + calendar.size();
  }
}
