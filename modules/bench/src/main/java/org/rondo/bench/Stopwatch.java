package org.rondo.bench;

import java.util.ArrayList;

/** Times what is repeated. */
final class Stopwatch {
  private Stopwatch() {}

  /** Milliseconds per run, of as many runs as begin within so many seconds and at least one. */
  static double repeat(Runnable work, double seconds) {
    long begin = System.nanoTime();
    long runs = 0;
    do {
      work.run();
      runs++;
    } while (System.nanoTime() - begin < seconds * 1e9);
    return (System.nanoTime() - begin) / 1e6 / runs;
  }

  /** The median of {@link #repeat} over so many windows. */
  static double median(Runnable work, int windows, double seconds) {
    var times = new ArrayList<Double>();
    for (int i = 0; i < windows; i++) {
      times.add(repeat(work, seconds));
    }
    return new Rates(times).median();
  }
}
