package org.rondo.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.rondo.kernels.Kernels;

/**
 * Steps on one thread, window after window; tasks side by side begin each window together.
 *
 * @param start where every task waits for all others
 */
record Task(Options options, Kernels kernels, CyclicBarrier start)
    implements Callable<Task.Measured> {
  private static final int LEAST_STEPS = 2;

  /**
   * What one task did.
   *
   * @param rates tokens per second
   * @param heapBytes per step of the last window, as the JVM counts this thread's allocations
   * @param nativeBytes of the network
   */
  record Measured(Rates rates, double heapBytes, long nativeBytes) {}

  @Override
  public Measured call() throws InterruptedException, BrokenBarrierException {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (var step = new Step(options, kernels)) {
      window(step, options.warmUp());
      var rates = new ArrayList<Double>();
      double heapBytes = 0;
      for (int i = 0; i < options.windows(); i++) {
        start.await();
        long before = step.done();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        double rate = window(step, options.seconds());
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        heapBytes = (double) allocated / (step.done() - before);
        rates.add(rate);
      }
      return new Measured(new Rates(rates), heapBytes, step.network().nativeBytes());
    }
  }

  /** Tokens per second of as many steps as begin within so many seconds. */
  private double window(Step step, double seconds) {
    long begin = System.nanoTime();
    long before = step.done();
    while (step.done() - before < LEAST_STEPS || System.nanoTime() - begin < seconds * 1e9) {
      step.run();
    }
    double tokens = (double) (step.done() - before) * options.configuration().tokens();
    return tokens * 1e9 / (System.nanoTime() - begin);
  }
}
