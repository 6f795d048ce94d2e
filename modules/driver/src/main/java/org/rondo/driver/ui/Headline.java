package org.rondo.driver.ui;

import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.training.events.TrainingEvent;

/** What the run is, how it stands, and its figures. */
final class Headline {
  private static final String NOTHING = "–";

  private final TrainingStatus status;
  private final LatestEvents latest;
  private final boolean live;
  private final Html html = new Html();

  private Headline(TrainingStatus status, boolean live) {
    this.status = status;
    this.latest = status.latest();
    this.live = live;
  }

  /**
   * The markup.
   *
   * @param live whether the application runs
   */
  static String html(TrainingStatus status, boolean live) {
    return new Headline(status, live).draw();
  }

  private String draw() {
    TrainingEvent.Started run = latest.started();
    if (run == null) {
      html.element("p", "", "No training has started in this application.");
      return failure().toString();
    }
    html.element(
        "p",
        "rondo-about",
        String.format(
            Locale.ROOT,
            "%s. %s: %s, %s parameters; %s",
            state(),
            run.carrier(),
            Counted.of(run.shards(), "shard"),
            Figures.whole(run.parameters()),
            run.fingerprint()));
    failure();
    run.warnings().forEach(warning -> html.element("div", "alert alert-warning", warning));
    run.remarks().forEach(remark -> html.element("div", "alert alert-info", remark));
    html.open("div", "rondo-tiles");
    tiles(latest.round());
    return html.close("div").toString();
  }

  private Html failure() {
    return latest.failure() == null
        ? html
        : html.element("div", "alert alert-danger", latest.failure());
  }

  private String state() {
    if (latest.failure() != null) {
      return "Failed";
    }
    TrainingEvent.Finished finished = latest.finished();
    if (finished != null) {
      return switch (finished.end()) {
        case COMPLETED -> "Finished";
        case STOPPED_EARLY -> "Stopped early: evaluations no longer improve";
        case INTERRUPTED -> "Interrupted, can be resumed";
        case TIME_LIMIT -> "Stopped: train.time_limit has passed, can be resumed";
      };
    }
    return live ? "Training" : "The application ended before the run did";
  }

  private void tiles(TrainingEvent.RoundFinished round) {
    tile(
        "Round",
        round == null
            ? NOTHING
            : String.format(Locale.ROOT, "%d of %d", round.round(), round.rounds()),
        checkpoint());
    tile(
        "Training loss",
        round == null ? NOTHING : Figures.precise(round.trainLoss()),
        "mean per target");
    TrainingEvent.Evaluated now = latest.evaluated();
    TrainingEvent.Evaluated best = latest.best();
    tile(
        now == null ? "Validation" : "Validation " + now.shown().name(),
        now == null ? NOTHING : Figures.precise(now.shown().value()),
        best == null
            ? now == null ? "not evaluated yet" : "the best was before this part of the run"
            : String.format(
                Locale.ROOT,
                "best %s, round %d",
                Figures.precise(best.shown().value()),
                best.round()));
    tile(
        "Speed",
        round == null ? NOTHING : Figures.whole(Math.round(round.tokensPerSecond())),
        "tokens per second, last round");
    tile(
        "Learning rate",
        round == null ? NOTHING : Figures.precise(round.learningRate()),
        "end of the last round");
    time(round);
  }

  private void time(TrainingEvent.RoundFinished round) {
    double elapsed = (status.updatedAt() - status.startedAt()) / 1e3;
    if (!latest.running() || !live) {
      tile("Time", Figures.duration(elapsed), "evaluations included");
    } else if (round == null) {
      tile("Time left", NOTHING, "known after a round");
    } else {
      // At the pace of the rounds since the start, evaluations and checkpoints included.
      int trained = round.round() - latest.started().firstRound() + 1;
      double left = elapsed / trained * (round.rounds() - round.round());
      tile("Time left", Figures.duration(left), "after " + Figures.duration(elapsed));
    }
  }

  private String checkpoint() {
    return latest.checkpoint() == null
        ? "no checkpoint yet"
        : "checkpoint of round " + latest.checkpoint().round();
  }

  private void tile(String label, String figure, String note) {
    html.open("div", "rondo-tile")
        .element("div", "rondo-label", label)
        .element("div", "rondo-figure", figure)
        .element("div", "rondo-label", note)
        .close("div");
  }
}
