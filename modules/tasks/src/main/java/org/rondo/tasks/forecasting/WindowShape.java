package org.rondo.tasks.forecasting;

import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.ExogenousColumns;
import org.rondo.tasks.WindowPlan;

/**
 * How a window becomes a sequence: T known steps of C channels, K numbers of the calendar and other
 * columns, as T / S steps of the network, each of which has S C values, the calendar of its last
 * step, and what the other columns hold at its S steps. Where splits are taken whole, the state is
 * carried along each of them, and forecasts are made from every step.
 *
 * @param plan how windows are cut
 * @param segment S
 * @param subtractLast whether the last known value is taken off all values
 * @param channels names of the channels that a window has, in their order; of all series if it has
 *     one
 */
record WindowShape(WindowPlan plan, int segment, boolean subtractLast, List<String> channels) {
  WindowShape {
    ValueException.unlessGiven("plan", plan);
    ValueException.unless(
        segment >= 1 && plan.inputSize() % segment == 0,
        "segment",
        segment,
        "must divide inputSize");
    ValueException.unless(!channels.isEmpty(), "channels", channels, "must not be empty");
    channels = List.copyOf(channels);
  }

  /** T. */
  int inputSize() {
    return plan.inputSize();
  }

  /** h. */
  int horizon() {
    return plan.horizon();
  }

  /** Whether a window is a whole split, which is forecast from each step. */
  boolean carried() {
    return plan.takesSplitsWhole();
  }

  /** Steps of a season; 0 for none. */
  int season() {
    return plan.season();
  }

  /** Whether a window has one channel, whichever. */
  boolean perChannel() {
    return plan.perChannel();
  }

  /** C. */
  int width() {
    return perChannel() ? 1 : channels.size();
  }

  /** K. */
  int calendar() {
    return plan.calendar().size();
  }

  /** Other columns than the channels. */
  ExogenousColumns exogenous() {
    return plan.exogenous();
  }

  /** Values in a step of the network. */
  int inputs() {
    return segment * (width() + exogenous().perStep()) + calendar() + exogenous().statics().size();
  }
}
