package org.rondo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.runs.TimeLimit;
import org.rondo.training.RoundActivity;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.EventText;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.RoundFinished;
import org.rondo.training.events.TrainingListener;

/**
 * Shows a run as it goes: a bar for the rounds, how many minibatches of a long round are done, a
 * line that stays for every evaluation.
 */
final class Progress implements TrainingListener, AutoCloseable {
  private static final int BAR = 24;

  private final StatusLine status;
  private final TrainingPlan plan;
  private final TimeLimit limit;
  private final String unit;
  private final LongSupplier clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Progress::daemon);
  private Future<?> looking;
  private String score = "";
  private long startedAt;
  private long finishedAt;
  private int firstRound;
  private RoundFinished latest;
  private OptionalInt resumable = OptionalInt.empty();

  /**
   * @param unit of what is counted, in the singular
   */
  Progress(StatusLine status, TrainingPlan plan, TimeLimit limit, String unit) {
    this(status, plan, limit, unit, System::nanoTime);
  }

  /**
   * @param clock nanoseconds
   */
  Progress(StatusLine status, TrainingPlan plan, TimeLimit limit, String unit, LongSupplier clock) {
    this.status = status;
    this.plan = plan;
    this.limit = limit;
    this.unit = unit;
    this.clock = clock;
  }

  /** The round after which a run that fails can be resumed, if there is one. */
  synchronized OptionalInt resumable() {
    return resumable;
  }

  @Override
  public synchronized void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      begin(started);
    } else if (event instanceof RoundFinished round) {
      latest = round;
      finishedAt = clock.getAsLong();
      status.show(wordings(round.round(), ""));
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      score = evaluated.shown().text();
      status.say(EventText.of(evaluated));
    } else if (event instanceof TrainingEvent.CheckpointWritten written && !written.best()) {
      resumable = OptionalInt.of(written.round());
    } else if (event instanceof TrainingEvent.StorageFailed failed) {
      status.say(EventText.of(failed));
    } else if (event instanceof TrainingEvent.Finished finished) {
      close();
      status.say(EventText.of(finished));
    }
  }

  private void begin(TrainingEvent.Started started) {
    startedAt = clock.getAsLong();
    firstRound = started.firstRound();
    if (firstRound > 1) {
      resumable = OptionalInt.of(firstRound - 1);
    }
    EventText.of(started).forEach(status::say);
    RoundActivity.forget();
    if (firstRound <= started.rounds()) {
      looking = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }
  }

  /** Shows how far the round in progress is, if anything is known of it. */
  synchronized void look() {
    int round = latest == null ? firstRound : latest.round() + 1;
    long whole = plan.minibatchesOfAllShards(round);
    // Tasks that ran twice are counted twice.
    long done = Math.min(RoundActivity.minibatches(round), whole);
    if (done > 0 && round <= plan.rounds().count()) {
      status.show(wordings(round, String.format(Locale.ROOT, ", %d/%d minibatches", done, whole)));
    }
  }

  /** The same in ever fewer columns: speed and time left stay to the last. */
  private List<String> wordings(int round, String within) {
    String where =
        String.format(Locale.ROOT, "round %d/%d%s", round, plan.rounds().count(), within);
    if (latest == null) {
      return List.of(bar(0) + where, where);
    }
    String loss = String.format(Locale.ROOT, ", loss %.4f", latest.trainLoss());
    String pace =
        String.format(Locale.ROOT, "%,.0f %ss/s, %s left", latest.tokensPerSecond(), unit, left());
    var wordings = new ArrayList<String>();
    String whole = where + loss + (score.isEmpty() ? "" : ", validation " + score) + ", " + pace;
    wordings.add(bar(latest.round()) + whole);
    wordings.add(whole);
    wordings.add(where + loss + (score.isEmpty() ? "" : ", " + score) + ", " + pace);
    wordings.add(where + loss + ", " + pace);
    wordings.add(where + ", " + pace);
    wordings.add(String.format(Locale.ROOT, "%d/%d, %s", round, plan.rounds().count(), pace));
    wordings.add(pace);
    wordings.add(String.format(Locale.ROOT, "%.0f/s, %s", latest.tokensPerSecond(), left()));
    return wordings;
  }

  private String bar(int round) {
    if (!status.terminal()) {
      return "";
    }
    int full = (int) ((long) BAR * round / plan.rounds().count());
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
  }

  /**
   * What the rounds to come take at the pace of those since the start, evaluations included; no
   * more than the time limit leaves.
   */
  private String left() {
    double each = (finishedAt - startedAt) / 1e9 / (latest.round() - firstRound + 1);
    double now = (clock.getAsLong() - finishedAt) / 1e9;
    double seconds = Math.max(0, each * (plan.rounds().count() - latest.round()) - now);
    if (limit.minutes() > 0) {
      double passed = (clock.getAsLong() - startedAt) / 1e9;
      seconds = Math.min(seconds, Math.max(0, 60 * limit.minutes() - passed));
    }
    return time(Math.round(seconds));
  }

  /** Seconds as people write them: 0:07, 12:30 or 1:02:03. */
  static String time(long seconds) {
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
    timer.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "rondo-progress");
    thread.setDaemon(true);
    return thread;
  }
}
