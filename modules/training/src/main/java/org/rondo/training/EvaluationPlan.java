package org.rondo.training;

import java.io.Serializable;
import java.util.Locale;

/**
 * When the validation split is evaluated, and how it is cut: into a fixed number of streams,
 * whatever the shards and the cluster.
 *
 * @param every rounds between two evaluations, at least 1; the last round always evaluates
 * @param streams contiguous streams in total, at least 1
 * @param batch streams evaluated side by side by one task; divides {@code streams}
 * @param patience evaluations without improvement after which training stops; 0 = never
 */
public record EvaluationPlan(int every, int streams, int batch, int patience)
    implements Serializable {
  /** The configuration's defaults. */
  static final EvaluationPlan DEFAULT = new EvaluationPlan(10, 10, 5, 0);

  public EvaluationPlan {
    Require.that(
        every >= 1, String.format(Locale.ROOT, "evaluate.every must be >= 1 round, got %d", every));
    Require.that(
        streams >= 1, String.format(Locale.ROOT, "evaluate.streams must be >= 1, got %d", streams));
    Require.that(
        batch >= 1 && streams % batch == 0,
        String.format(
            Locale.ROOT, "evaluate.batch = %d must divide evaluate.streams = %d", batch, streams));
    Require.that(
        patience >= 0,
        String.format(
            Locale.ROOT, "early_stopping.patience must be >= 0 evaluations, got %d", patience));
  }

  /** Number of tasks that an evaluation is cut into. */
  public int parts() {
    return streams / batch;
  }
}
