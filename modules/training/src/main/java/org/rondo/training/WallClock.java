package org.rondo.training;

/**
 * Measures how long something takes. Carriers read it around workers, to say where a round's time
 * went; no result depends on it.
 */
public final class WallClock {
  private final long start = System.nanoTime();

  private WallClock() {}

  /** A clock that starts now. */
  public static WallClock start() {
    return new WallClock();
  }

  /** Since the start. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
