package org.rondo.kernels;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Measures what code leaves on the heap. */
public final class Allocation {
  private static final int CALLS = 1_000;

  /**
   * The JIT compiler's last tier, which removes what never escapes, may be late on a busy machine.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Allocation() {}

  /**
   * Bytes that one call allocates in the steady state: the fewest seen in two minutes, or until
   * enough.
   */
  public static long perCall(Runnable code, long enough) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long end = System.nanoTime() + PATIENCE.toNanos();
    long fewest = Long.MAX_VALUE;
    while (fewest > enough && System.nanoTime() < end) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < CALLS; i++) {
        code.run();
      }
      long bytes = threads.getThreadAllocatedBytes(thread) - before;
      fewest = Math.min(fewest, bytes / CALLS);
    }
    return fewest;
  }
}
