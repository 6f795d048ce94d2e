package org.rondo.bench;

/** How often something ran and how long it took in all; for one thread. */
final class Timer {
  private long calls;
  private long nanos;

  /** Runs and counts it. */
  void time(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    add(System.nanoTime() - begin);
  }

  void add(long nanos) {
    calls++;
    this.nanos += nanos;
  }

  void reset() {
    calls = 0;
    nanos = 0;
  }

  long calls() {
    return calls;
  }

  double milliseconds() {
    return nanos / 1e6;
  }
}
