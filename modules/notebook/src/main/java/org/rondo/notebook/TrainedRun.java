package org.rondo.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.kernels.Counted;
import org.rondo.runs.Plans;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Sampling;
import org.rondo.runs.Settings;

/** A network that was trained, and how that went. */
public final class TrainedRun {
  private final String name;
  private final Settings settings;
  private final RunOutcome outcome;
  private final Recording recording;
  private final Sampling best;

  TrainedRun(String name, Settings settings, RunOutcome outcome, Recording recording) {
    this.name = name;
    this.settings = settings;
    this.outcome = outcome;
    this.recording = recording;
    best = Sampling.of(outcome.best());
  }

  /** See {@link Trainer#named}. */
  public String name() {
    return name;
  }

  /** The lowest validation perplexity; {@code generate} writes with the parameters that had it. */
  public double perplexity() {
    return outcome.result().perplexity();
  }

  /** The best value of a metric on the validation split; NaN if it was not measured. */
  public double score(String metric) {
    return outcome.result().value(metric);
  }

  /** Of the last parameters; equal wherever the same configuration learned the same text. */
  public String parametersSha256() {
    return outcome.result().parametersSha256();
  }

  /** The folder of the best checkpoint, until a later run of the name moves it. */
  public String checkpoint() {
    return outcome.checkpoint();
  }

  /** The page of the run, with all its curves, until a later run of the name moves it. */
  public String report() {
    return outcome.report();
  }

  /** What was measured at each evaluation, as {@code %table}. */
  public String curveTable() {
    var rows = new ArrayList<List<Object>>();
    for (Recording.Point point : recording.points()) {
      rows.add(
          List.of(
              point.round().round(),
              point.tokens(),
              point.round().trainLoss(),
              point.evaluated().loss(),
              point.evaluated().shown().value(),
              Math.round(point.round().tokensPerSecond())));
    }
    return Drawn.table(
        List.of(
            "round",
            "tokens",
            "training loss",
            "validation loss",
            "validation " + metric(),
            "tokens per second"),
        rows);
  }

  /** Loss and score over the rounds, as {@code %html}. */
  public String curveChart() {
    var training =
        new Line(
            "training loss",
            recording.rounds().stream().map(r -> new Point(r.round(), r.trainLoss())).toList());
    var validation =
        new Line(
            "validation loss",
            recording.points().stream()
                .map(p -> new Point(p.round().round(), p.evaluated().loss()))
                .toList());
    var score =
        new Line(
            "validation " + metric(),
            recording.points().stream()
                .map(p -> new Point(p.round().round(), p.evaluated().shown().value()))
                .toList());
    return Drawn.charts(
        List.of(
            Panels.of("Loss", "round", "mean per target", List.of(training, validation)),
            Panels.of("Validation " + metric(), "round", metric(), List.of(score))));
  }

  /**
   * Lets the best parameters write on.
   *
   * @param prime text that comes first; may be empty
   * @param length tokens to write
   * @throws RondoException if the text does not know the prime's tokens, or a number is out of
   *     range
   */
  public String generate(String prime, int length) {
    return generate(prime, length, settings.text("generate.temperature"));
  }

  /**
   * As {@link #generate(String, int)}.
   *
   * @param temperature below 1 safer, above 1 wilder, 0 always the likeliest token
   */
  public String generate(String prime, int length, double temperature) {
    return generate(prime, length, String.valueOf(temperature));
  }

  private String generate(String prime, int length, String temperature) {
    var keys =
        Map.of(
            "generate.prime", prime,
            "generate.length", String.valueOf(length),
            "generate.temperature", temperature);
    return RondoException.plainly(
        () -> Drawn.text(best.text(new Plans(Trainer.with(settings, keys)))));
  }

  private String metric() {
    return outcome.result().shown().name();
  }

  Recording recording() {
    return recording;
  }

  /** The row of {@link Comparison#resultTable}. */
  List<Object> result() {
    return List.of(
        name,
        outcome.result().rounds(),
        outcome.result().tokens(),
        outcome.result().perplexity(),
        Math.round(outcome.result().tokensPerSecond()));
  }

  @Override
  public String toString() {
    return Drawn.text(
        String.format(
            Locale.ROOT,
            "%s: validation %s after %s and %s; %s",
            name,
            outcome.result().shown().text(),
            Counted.of(outcome.result().rounds(), "round"),
            Counted.of(outcome.result().tokens(), "token"),
            outcome.report()));
  }
}
