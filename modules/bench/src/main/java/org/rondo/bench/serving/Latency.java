package org.rondo.bench.serving;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.rondo.serving.TrainedModel;

/**
 * Predicts rows one by one, from one thread and from two, and prints a table: milliseconds of a
 * prediction, predictions per second, and what the process needed to start and in memory.
 */
public final class Latency {
  private static final int WARM_UP_SECONDS = 5;

  private Latency() {}

  /** Arguments: a model's folder, a file of rows, seconds for each number of threads. */
  public static void main(String[] args) throws Exception {
    List<Map<String, Object>> rows = RowLines.read(Path.of(args[1]));
    int seconds = Integer.parseInt(args[2]);
    try (TrainedModel model = TrainedModel.load(Path.of(args[0]))) {
      model.predict(rows.get(0));
      long started = System.currentTimeMillis();
      long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
      run(model, rows, 1, WARM_UP_SECONDS);
      System.out.println("| threads | p50, ms | p99, ms | predictions per second |");
      System.out.println("|---|---|---|---|");
      for (int threads : new int[] {1, 2}) {
        long[] nanos = run(model, rows, threads, seconds);
        System.out.printf(
            Locale.ROOT,
            "| %d | %.2f | %.2f | %.0f |%n",
            threads,
            nanos[nanos.length / 2] / 1e6,
            nanos[(int) (nanos.length * 0.99)] / 1e6,
            nanos.length / (double) seconds);
      }
      System.out.printf(
          Locale.ROOT,
          "%nFrom the start of the JVM to the first prediction %.1f s; resident at the end %d MB.%n",
          (started - begun) / 1e3,
          residentMegabytes());
    }
  }

  /** Nanoseconds of each prediction, ascending. */
  private static long[] run(
      TrainedModel model, List<Map<String, Object>> rows, int threads, int seconds)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      var running = new ArrayList<Future<long[]>>();
      for (int t = 0; t < threads; t++) {
        int first = t * rows.size() / threads;
        running.add(pool.submit(() -> predictUntil(model, rows, first, end)));
      }
      long[] all = {};
      for (Future<long[]> each : running) {
        long[] own = each.get();
        int held = all.length;
        all = Arrays.copyOf(all, held + own.length);
        System.arraycopy(own, 0, all, held, own.length);
      }
      Arrays.sort(all);
      return all;
    } finally {
      pool.shutdown();
    }
  }

  private static long[] predictUntil(
      TrainedModel model, List<Map<String, Object>> rows, int first, long end) {
    var nanos = Stream.<Long>builder();
    int next = first;
    for (long now = System.nanoTime(); now < end; ) {
      model.predict(rows.get(next++ % rows.size()));
      long after = System.nanoTime();
      nanos.add(after - now);
      now = after;
    }
    return nanos.build().mapToLong(Long::longValue).toArray();
  }

  private static long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
