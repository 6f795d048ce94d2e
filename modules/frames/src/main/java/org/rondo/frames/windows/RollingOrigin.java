package org.rondo.frames.windows;

import java.io.Serializable;
import org.rondo.kernels.ValueException;

/**
 * From where forecasts are made that are held against what came: times of each series that have a
 * whole horizon behind them, {@code stepSize} steps apart, the last one at the end of the series.
 * They are numbered from 1, the earliest.
 *
 * @param windows origins of each series
 * @param stepSize steps from one origin to the next
 * @param first number of the first origin that is taken
 * @param last number of the last one
 * @see <a href="https://doi.org/10.1016/S0169-2070(00)00065-0">Tashman 2000</a>
 */
public record RollingOrigin(int windows, int stepSize, int first, int last)
    implements Serializable {
  private static final int MOST = 1 << 20;

  public RollingOrigin {
    ValueException.unlessWithin("windows", windows, 1, MOST);
    ValueException.unlessWithin("step-size", stepSize, 1, MOST);
    ValueException.unlessWithin("first", first, 1, windows);
    ValueException.unlessWithin("last", last, first, windows);
  }

  /** All origins. */
  public static RollingOrigin of(int windows, int stepSize) {
    return new RollingOrigin(windows, stepSize, 1, windows);
  }

  /** One of them alone. */
  public RollingOrigin only(int number) {
    return new RollingOrigin(windows, stepSize, number, number);
  }

  /** How many are taken. */
  int count() {
    return last - first + 1;
  }

  /** Steps of each series behind the first origin. */
  public int steps(int horizon) {
    return Math.addExact(Math.multiplyExact(windows - first, stepSize), horizon);
  }
}
