package org.rondo.driver;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.rondo.training.Carrier;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.TrainingException;

/**
 * Has the shards train rounds, and begin one while the driver still takes the mean and the step of
 * the one before. For one caller, who asks the carrier for nothing else while a round is begun.
 */
final class RoundsAhead implements AutoCloseable {
  private static final long SECONDS_TO_END = 60;

  private final Carrier carrier;
  private final ExecutorService thread;
  private Optional<Future<Supplier<RoundResult>>> begun = Optional.empty();

  RoundsAhead(Carrier carrier) {
    this.carrier = carrier;
    thread = Executors.newSingleThreadExecutor(RoundsAhead::thread);
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "round ahead");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins a round, whose result {@link #train} hands out when it is called next. */
  void begin(Round round, float[] common) {
    begun = Optional.of(thread.submit(() -> carrier.train(round, common)));
  }

  /** Whether a round is begun, without which the run cannot end. */
  boolean isAhead() {
    return begun.isPresent();
  }

  /**
   * What shards learn in that round: waits for the one that was begun, or has them train now.
   *
   * @return as {@link Carrier#train}
   * @throws TrainingException if training fails, or the calling thread is interrupted
   */
  Supplier<RoundResult> train(Round round, float[] common) {
    if (begun.isEmpty()) {
      return carrier.train(round, common);
    }
    Future<Supplier<RoundResult>> running = begun.get();
    begun = Optional.empty();
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new TrainingException("a round failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new TrainingException(
          "round " + round.number() + ": interrupted while its jobs were running", e);
    }
  }

  /** Ends a round that was begun in vain, since the one before it failed. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
