package org.rondo.training.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rondo.evaluation.Score;
import org.rondo.kernels.Counted;

/** What happened in a run, in words; wherever a person watches one, the same. */
public final class EventText {
  private static final int MOST_SCORES = 3;

  private EventText() {}

  /** The start, and what the user should know before. */
  public static List<String> of(TrainingEvent.Started started) {
    List<String> lines = beginning(started);
    started.warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  /** The start with its remarks, without its warnings. */
  static List<String> beginning(TrainingEvent.Started started) {
    var lines = new ArrayList<String>();
    if (started.firstRound() > started.rounds()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s done; a greater train.rounds goes on from here",
              started.rounds() == 1
                  ? "the one round is"
                  : "all " + started.rounds() + " rounds are"));
      return lines;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%s round %d of %d: %,d parameters, %s on %s; %s",
            started.firstRound() == 1 ? "training, from" : "resumed, from",
            started.firstRound(),
            started.rounds(),
            started.parameters(),
            Counted.of(started.shards(), "shard"),
            started.carrier(),
            started.fingerprint()));
    if (started.leftoverTokens() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s at the end of the text %s not trained, since all streams are equally long",
              Counted.of(started.leftoverTokens(), "token"),
              started.leftoverTokens() == 1 ? "is" : "are"));
    }
    started.remarks().forEach(remark -> lines.add("note: " + remark));
    return lines;
  }

  /** An evaluation. */
  public static String of(TrainingEvent.Evaluated evaluated) {
    return String.format(
        Locale.ROOT,
        "round %d: validation %s%s",
        evaluated.round(),
        scores(evaluated),
        evaluated.best() ? ", the best so far" : "");
  }

  /** Of a language model its loss and perplexity; else the first metrics, and the loss. */
  private static String scores(TrainingEvent.Evaluated evaluated) {
    String loss = String.format(Locale.ROOT, "loss %.4f", evaluated.loss());
    Score shown = evaluated.shown();
    if (!shown.equals(evaluated.scores().get(0))) {
      return loss + ", " + shown.text();
    }
    String others =
        evaluated.scores().stream()
            .filter(score -> !score.name().equals("loss"))
            .limit(MOST_SCORES)
            .map(score -> score.text() + ", ")
            .collect(Collectors.joining());
    return others + loss;
  }

  /** A checkpoint that has to wait. */
  public static String of(TrainingEvent.StorageFailed failed) {
    return String.format(
        Locale.ROOT,
        "warning: the checkpoint of round %d cannot be written (%s); retry %d of %d in %d s",
        failed.round(),
        failed.message(),
        failed.retry(),
        failed.retries(),
        failed.pauseSeconds());
  }

  /** The end. */
  public static String of(TrainingEvent.Finished finished) {
    return switch (finished.end()) {
      case COMPLETED -> "finished after round " + finished.round();
      case STOPPED_EARLY ->
          String.format(
              Locale.ROOT,
              "stopped after round %d: evaluations no longer improve",
              finished.round());
      case INTERRUPTED ->
          String.format(
              Locale.ROOT,
              "interrupted after round %d; --resume goes on from here",
              finished.round());
      case TIME_LIMIT ->
          String.format(
              Locale.ROOT,
              "stopped after round %d, since train.time_limit has passed; --resume goes on from here",
              finished.round());
    };
  }
}
