package org.rondo.driver.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.status.ElementTrackingStore;
import org.rondo.training.events.TrainingEvent;
import scala.runtime.BoxedUnit;

/**
 * Folds the events on Spark's bus, live or replayed from an event log, into the {@link
 * TrainingStatus} in its store. Its memory does not grow with the rounds.
 */
final class StatusListener extends SparkListener {
  private static final int MOST_EXECUTORS = 500;

  private final ElementTrackingStore store;
  private final boolean live;
  private final Map<String, ExecutorRow> executors = new LinkedHashMap<>();
  private Map<String, String> settings = Map.of();
  private LatestEvents latest = LatestEvents.NONE;
  private RunSums run = new RunSums();
  private long startedAt;
  private long updatedAt;
  private volatile TrainingStatus status;

  private StatusListener(ElementTrackingStore store, boolean live) {
    this.store = store;
    this.live = live;
    status = snapshot();
  }

  /** Writes to the store at every event. */
  static StatusListener live(ElementTrackingStore store) {
    return new StatusListener(store, true);
  }

  /** Writes to the store when all events have been replayed, if any of them told of a run. */
  static StatusListener replay(ElementTrackingStore store) {
    var listener = new StatusListener(store, false);
    store.onFlush(
        () -> {
          if (listener.updatedAt > 0 || listener.latest.failure() != null) {
            store.write(listener.snapshot());
          }
          return BoxedUnit.UNIT;
        });
    return listener;
  }

  /** After the last event; for any thread. */
  TrainingStatus status() {
    return status;
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof TrainingUpdate update) {
      train(update);
    } else if (event instanceof RunConfigured configured) {
      settings = configured.settings();
    } else if (event instanceof RunFailed failed) {
      latest = latest.failed(failed.message());
    } else if (event instanceof ExecutorReported reported) {
      remember(reported.setup());
    } else {
      return;
    }
    publish();
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    executors.computeIfPresent(
        removed.executorId(), (id, row) -> new ExecutorRow(row.setup(), true));
    publish();
  }

  private void train(TrainingUpdate update) {
    if (update.event() instanceof TrainingEvent.Started) {
      startedAt = update.time();
      run = new RunSums();
    }
    updatedAt = update.time();
    latest = latest.with(update.event());
    run.add(update.event());
  }

  private void remember(ExecutorSetup setup) {
    executors.put(setup.executor(), new ExecutorRow(setup, false));
    if (executors.size() > MOST_EXECUTORS) {
      executors.values().stream()
          .filter(ExecutorRow::gone)
          .findFirst()
          .ifPresent(row -> executors.remove(row.setup().executor()));
    }
  }

  private void publish() {
    if (live) {
      status = snapshot();
      store.write(status);
    }
  }

  private TrainingStatus snapshot() {
    return new TrainingStatus(
        settings,
        startedAt,
        updatedAt,
        latest,
        run.curves(),
        run.meanRound(),
        List.copyOf(executors.values()));
  }
}
