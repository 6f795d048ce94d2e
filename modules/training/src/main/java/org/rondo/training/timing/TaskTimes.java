package org.rondo.training.timing;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When a shard's worker ran in a round, by the clock of the process that it ran in: comparable
 * within one executor, not between them. Not a record, since it may pass through serializers that
 * cannot restore records.
 */
public final class TaskTimes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a carrier that did not measure. */
  public static final TaskTimes NONE = new TaskTimes("", 0, 0, 0);

  private final String executor;
  private final double waited;
  private final long start;
  private final long end;

  /**
   * @param executor where it ran, in the carrier's words
   * @param waited seconds for the common vector to arrive
   * @param start of the worker, of {@link WallClock#now}
   * @param end of the worker, likewise
   */
  public TaskTimes(String executor, double waited, long start, long end) {
    this.executor = executor;
    this.waited = waited;
    this.start = start;
    this.end = end;
  }

  /** Where the worker ran. */
  public String executor() {
    return executor;
  }

  /** How long the worker took. */
  public double seconds() {
    return (end - start) / 1e9;
  }

  /** The longest wait for the common vector, in seconds. */
  public static double longestWait(List<TaskTimes> tasks) {
    return tasks.stream().mapToDouble(task -> task.waited).max().orElse(0);
  }

  /** Seconds in which the busiest executor had a worker running, one or several. */
  public static double busiest(List<TaskTimes> tasks) {
    return tasks.stream().collect(Collectors.groupingBy(task -> task.executor)).values().stream()
        .mapToDouble(TaskTimes::busy)
        .max()
        .orElse(0);
  }

  /** The union of their intervals, so that what ran side by side counts once. */
  private static double busy(List<TaskTimes> ofOneExecutor) {
    List<TaskTimes> byStart =
        ofOneExecutor.stream().sorted(Comparator.comparingLong(task -> task.start)).toList();
    long busy = 0;
    long until = byStart.get(0).start;
    for (TaskTimes task : byStart) {
      busy += Math.max(0, task.end - Math.max(until, task.start));
      until = Math.max(until, task.end);
    }
    return busy / 1e9;
  }
}
