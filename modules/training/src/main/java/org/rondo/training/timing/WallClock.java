package org.rondo.training.timing;

/**
 * Measures how long something takes. Carriers read it around workers, to say where a round's time
 * went; no result depends on it.
 */
public final class WallClock {
  private final long start = now();

  private WallClock() {}

  /** A clock that starts now. */
  public static WallClock start() {
    return new WallClock();
  }

  /** Nanoseconds since some moment; comparable within this process only. */
  public static long now() {
    return System.nanoTime();
  }

  /** Since the start. */
  public double seconds() {
    return (now() - start) / 1e9;
  }
}
