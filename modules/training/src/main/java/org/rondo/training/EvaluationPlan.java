package org.rondo.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * When the validation split is evaluated, and how it is cut: into a fixed number of streams,
 * whatever the shards and the cluster.
 *
 * @param every rounds between two evaluations, at least 1; the last round always evaluates
 * @param streams contiguous streams in total, at least 1
 * @param batch streams evaluated side by side by one task; divides {@code streams}
 * @param patience evaluations without improvement after which training stops; 0 = never
 * @param metric that decides which parameters are best, when the learning rate drops on a plateau
 *     and when training stops early; empty for the first of the job
 * @param averageAfter evaluations without improvement after which the mean of the parameters of all
 *     later rounds is evaluated in their place (averaged SGD, as Merity et al. 2018 trigger it); 0
 *     = never
 */
public record EvaluationPlan(
    int every,
    int streams,
    int batch,
    int patience,
    @JsonProperty(defaultValue = "\"\"") String metric,
    @JsonProperty(defaultValue = "0") int averageAfter)
    implements Serializable {
  /** The configuration's defaults. */
  static final EvaluationPlan DEFAULT = new EvaluationPlan(10, 10, 5, 0);

  private static final int MOST_STREAMS = 1_000_000;

  public EvaluationPlan {
    ValueException.unless(every >= 1, "evaluate.every", every, "must be >= 1 round");
    ValueException.unlessWithin("evaluate.streams", streams, 1, MOST_STREAMS);
    ValueException.unless(
        batch >= 1 && streams % batch == 0,
        "evaluate.batch",
        batch,
        "must divide evaluate.streams = " + streams);
    ValueException.unless(
        patience >= 0, "early_stopping.patience", patience, "must be >= 0 evaluations");
    ValueException.unlessGiven("evaluate.metric", metric);
    ValueException.unless(
        averageAfter >= 0, "evaluate.average_after", averageAfter, "must be >= 0 evaluations");
  }

  /** That decides by the job's first metric. */
  public EvaluationPlan(int every, int streams, int batch, int patience) {
    this(every, streams, batch, patience, "", 0);
  }

  /** The same but for the metric that decides. */
  public EvaluationPlan withMetric(String metric) {
    return new EvaluationPlan(every, streams, batch, patience, metric, averageAfter);
  }

  /**
   * Checks that the metric that decides is measured.
   *
   * @param names of all that are
   * @throws IllegalArgumentException if it is none of them
   */
  public void requireMetric(List<String> names) {
    ValueException.unless(
        metric.isEmpty() || names.contains(metric),
        "evaluate.metric",
        metric,
        "no such metric of this task; there are " + names);
  }

  /** Number of tasks that an evaluation is cut into. */
  public int parts() {
    return streams / batch;
  }
}
