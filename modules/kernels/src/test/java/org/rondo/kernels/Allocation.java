package org.rondo.kernels;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what code leaves on the heap. */
public final class Allocation {
  /** Enough for the JIT compiler's last tier, which removes what never escapes. */
  private static final int WARM_UP = 20_000;

  private static final int CALLS = 1_000;

  private Allocation() {}

  /** Bytes that one call allocates in the steady state, the fewest of several measurements. */
  public static long perCall(Runnable code) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    repeat(code, WARM_UP);
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = threads.getThreadAllocatedBytes(thread);
      repeat(code, CALLS);
      long bytes = threads.getThreadAllocatedBytes(thread) - before;
      fewest = Math.min(fewest, bytes / CALLS);
    }
    return fewest;
  }

  private static void repeat(Runnable code, int times) {
    for (int i = 0; i < times; i++) {
      code.run();
    }
  }
}
