package org.rondo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.rondo.kernels.Kernels;

/**
 * Tokens per second of whole steps, one thread a task. Prints one line: implementation,
 * configuration, precision, mode, tasks, tokens/s of all tasks together (median, minimum, maximum,
 * each window), peak resident memory, off-heap memory of the networks, heap bytes allocated per
 * step once everything is compiled.
 *
 * <p>Usage: {@code TrainingStep CONFIG [options]}, see {@link Options#parse}, with
 * OMP_NUM_THREADS=1.
 */
public final class TrainingStep {
  private static final int MEGABYTE = 1 << 20;

  private TrainingStep() {}

  /** Measures what the arguments name. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(measure(Options.parse(arguments)).line());
  }

  static Figure measure(Options options)
      throws InterruptedException, ExecutionException, IOException {
    Kernels kernels = Kernels.best();
    List<Task.Measured> tasks = run(options, kernels);
    Rates rates = tasks.stream().map(Task.Measured::rates).reduce(Rates::plus).orElseThrow();
    long nativeBytes = tasks.stream().mapToLong(Task.Measured::nativeBytes).sum();
    double heapBytes = tasks.stream().mapToDouble(Task.Measured::heapBytes).average().orElseThrow();
    return Figure.of("step")
        .with("implementation", "rondo")
        .with("kernels", kernels.fingerprint(options.precision()))
        .with("configuration", options.configuration().name())
        .with("precision", options.precisionName())
        .with("mode", options.mode())
        .with("tasks", options.tasks())
        .with("median", rates.median(), 0)
        .with("min", rates.least(), 0)
        .with("max", rates.most(), 0)
        .with("resident_mb", peakResidentMegabytes(), 0)
        .with("native_mb", (double) nativeBytes / MEGABYTE, 0)
        .with("heap_bytes", heapBytes, 1)
        .with("windows", rates);
  }

  private static List<Task.Measured> run(Options options, Kernels kernels)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(options.tasks());
    try {
      var start = new CyclicBarrier(options.tasks());
      var running = new ArrayList<Future<Task.Measured>>();
      for (int i = 0; i < options.tasks(); i++) {
        running.add(threads.submit(() -> releasing(start, new Task(options, kernels, start))));
      }
      var measured = new ArrayList<Task.Measured>();
      for (Future<Task.Measured> task : running) {
        measured.add(task.get());
      }
      return measured;
    } finally {
      threads.shutdownNow();
    }
  }

  /** A task that fails must not leave the others waiting for it. */
  private static Task.Measured releasing(CyclicBarrier start, Task task) throws Exception {
    try {
      return task.call();
    } catch (Exception | Error e) {
      start.reset();
      throw e;
    }
  }

  /** The most that the operating system ever had in memory for this process; 0 off Linux. */
  private static double peakResidentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElse(0);
  }
}
