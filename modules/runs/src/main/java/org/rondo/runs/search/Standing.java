package org.rondo.runs.search;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.rondo.evaluation.Score;

/**
 * Where a trial stands at the end of a rung.
 *
 * @param trial its number
 * @param rung from 1
 * @param rounds trained
 * @param tokens targets trained by all shards
 * @param seconds that the rounds took
 * @param ended whether its run is over, so that later rungs have nothing to train
 * @param scores the best so far on the validation split, the one that decides first; empty where it
 *     failed
 * @param failure why there are none: what it said when it diverged; else empty
 */
public record Standing(
    int trial,
    int rung,
    int rounds,
    long tokens,
    double seconds,
    boolean ended,
    List<Score> scores,
    String failure) {
  /** The best first; those that diverged last; equal ones in the order of their numbers. */
  static final Comparator<Standing> BEST_FIRST =
      (one, other) -> {
        if (one.isBetterThan(other)) {
          return -1;
        }
        return other.isBetterThan(one) ? 1 : Integer.compare(one.trial, other.trial);
      };

  public Standing {
    scores = List.copyOf(scores);
  }

  static Standing diverged(int trial, int rung, String failure) {
    return new Standing(trial, rung, 0, 0, 0, true, List.of(), failure);
  }

  /** The same where a later rung had nothing to train. */
  Standing at(int laterRung) {
    return new Standing(trial, laterRung, rounds, tokens, seconds, ended, scores, failure);
  }

  /** Whether nothing is left to train until so many rounds. */
  boolean isAt(int goal) {
    return ended || rounds >= goal;
  }

  boolean hasFailed() {
    return scores.isEmpty();
  }

  /** In words: the score that tells a person most. */
  String text() {
    return hasFailed()
        ? "diverged: " + failure
        : String.format(
            Locale.ROOT, "validation %s after %d rounds", Score.shown(scores).text(), rounds);
  }

  private boolean isBetterThan(Standing other) {
    if (hasFailed()) {
      return false;
    }
    return other.hasFailed() || scores.get(0).isBetterThan(other.scores.get(0).value());
  }
}
