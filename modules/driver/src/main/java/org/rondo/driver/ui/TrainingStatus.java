package org.rondo.driver.ui;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.util.kvstore.KVIndex;
import org.apache.spark.util.kvstore.KVStore;

/**
 * What there is to see of an application's latest run: one entry of Spark's status store, live and
 * in the history server.
 *
 * @param settings the run's configuration; empty if nobody told
 * @param startedAt milliseconds since 1970; 0 before a run starts
 * @param updatedAt of the last event
 * @param meanRound over all rounds; null before the first
 */
public record TrainingStatus(
    Map<String, String> settings,
    long startedAt,
    long updatedAt,
    LatestEvents latest,
    Curves curves,
    TimeShares meanRound,
    List<ExecutorRow> executors) {
  /** Of an application in which nobody told anything. */
  static final TrainingStatus NOTHING =
      new TrainingStatus(
          Map.of(),
          0,
          0,
          LatestEvents.NONE,
          new Curves(List.of(), "", List.of(), List.of(), List.of()),
          null,
          List.of());

  /** The only entry of its kind. */
  static final String KEY = "latest run";

  /** What the store of an application holds; empty if nobody told it anything. */
  static Optional<TrainingStatus> in(KVStore store) {
    try {
      return Optional.of(store.read(TrainingStatus.class, KEY));
    } catch (NoSuchElementException e) {
      return Optional.empty();
    } catch (Exception e) { // the store's interface declares it
      throw new IllegalStateException("the status of the training is not readable: " + e, e);
    }
  }

  /** Its name in the store. */
  @KVIndex
  public String key() {
    return KEY;
  }
}
