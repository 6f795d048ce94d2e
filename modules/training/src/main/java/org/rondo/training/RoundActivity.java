package org.rondo.training;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the minibatches of the round in progress, so that people see a long round move. Workers of
 * this process are counted as they train; those of other processes as these report. No result
 * depends on it, and a task that runs twice is counted twice.
 */
public final class RoundActivity {
  private static final String HERE = "this process";
  private static final Map<String, Report> PLACES = new HashMap<>();

  private RoundActivity() {}

  /**
   * What one process has trained.
   *
   * @param round its latest
   * @param minibatches trained in it
   */
  public record Report(int round, long minibatches) implements Serializable {}

  /** A worker of this process trained a minibatch. */
  static synchronized void trained(int round) {
    Report before = here();
    long minibatches = before.round() == round ? before.minibatches() + 1 : 1;
    PLACES.put(HERE, new Report(round, minibatches));
  }

  /** What this process has trained. */
  public static synchronized Report here() {
    return PLACES.getOrDefault(HERE, new Report(0, 0));
  }

  /** Another process reports. */
  public static synchronized void reported(String place, Report report) {
    PLACES.put(place, report);
  }

  /** Minibatches of that round that are known to be trained. */
  public static synchronized long minibatches(int round) {
    return PLACES.values().stream()
        .filter(report -> report.round() == round)
        .mapToLong(Report::minibatches)
        .sum();
  }

  /** Before a run: another one's rounds are none of its own. */
  public static synchronized void forget() {
    PLACES.clear();
  }
}
