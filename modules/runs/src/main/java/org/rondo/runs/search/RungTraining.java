package org.rondo.runs.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.rondo.runs.RunMessages;
import org.rondo.training.TrainingException;

/** Trains the trials of one rung side by side, and shows how far they are. */
final class RungTraining {
  /** Trains one trial to the end of the rung. */
  @FunctionalInterface
  interface OneTrial {
    /** Whether it got there; else it was stopped. */
    boolean train(Trial trial, RungTraining rung, BooleanSupplier stop) throws IOException;
  }

  private final OneTrial one;
  private final int number;
  private final RunMessages messages;
  private final Map<Integer, String> running = new ConcurrentSkipListMap<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * @param number from 1
   */
  RungTraining(OneTrial one, int number, RunMessages messages) {
    this.one = one;
    this.number = number;
    this.messages = messages;
  }

  int number() {
    return number;
  }

  /**
   * Trains all of them. If one fails, the others end after their rounds before that is thrown.
   *
   * @param parallel so many at a time
   * @return whether all got to the end of the rung; else they were stopped
   */
  boolean run(List<Trial> trials, int parallel, BooleanSupplier stopRequested) throws IOException {
    BooleanSupplier stop = () -> failed.get() || stopRequested.getAsBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, trials.size()));
    try {
      var done = new ExecutorCompletionService<Boolean>(threads);
      for (Trial trial : trials) {
        done.submit(() -> !stop.getAsBoolean() && train(trial, stop));
      }
      boolean all = true;
      ExecutionException failure = null;
      for (int i = 0; i < trials.size(); i++) {
        Future<Boolean> next = done.take();
        try {
          all &= next.get();
        } catch (ExecutionException e) {
          failed.set(true);
          failure = failure == null ? e : failure;
        }
      }
      if (failure != null) {
        throw unwrapped(failure);
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted while trials were trained", e);
    } finally {
      threads.shutdownNow();
      messages.clear();
    }
  }

  private boolean train(Trial trial, BooleanSupplier stop) throws IOException {
    try {
      return one.train(trial, this, stop);
    } finally {
      running.remove(trial.number());
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) throws IOException {
    Throwable cause = failure.getCause();
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException e
        ? e
        : new UncheckedIOException(new IOException(cause));
  }

  /** A trial has trained so many of the rounds that it trains in this rung. */
  void trained(Trial trial, int rounds, int goal) {
    running.put(trial.number(), String.format(Locale.ROOT, "%d/%d", rounds, goal));
    messages.show(
        running.entrySet().stream()
            .map(each -> "trial " + each.getKey() + " round " + each.getValue())
            .collect(Collectors.joining(", ", "rung " + number + ": ", "")));
  }
}
