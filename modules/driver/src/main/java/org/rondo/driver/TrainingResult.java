package org.rondo.driver;

import java.util.List;
import java.util.Optional;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Score;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.events.TrainingEvent.End;
import org.rondo.training.storage.FloatArrays;

/**
 * What a run came to.
 *
 * @param scores the best, on the validation split, the one that decides first; their values are NaN
 *     if the run was interrupted before the first evaluation
 * @param tokensPerSecond targets trained per second of the rounds, resumed ones included; start-up,
 *     evaluation and checkpoints excluded
 * @param tokens targets trained by all shards, earlier parts of a resumed run included
 * @param rounds trained, earlier parts of a resumed run included
 * @param parametersSha256 of the last round's parameters as little-endian float32
 * @param bestCheckpoint folder of the parameters with these scores
 * @param end why it ended
 */
public record TrainingResult(
    List<Score> scores,
    double tokensPerSecond,
    long tokens,
    int rounds,
    String parametersSha256,
    Optional<String> bestCheckpoint,
    End end) {
  /**
   * Of a run that has ended.
   *
   * @param parameters of the last round
   * @param store that holds its checkpoints
   * @param metrics by which it was evaluated
   */
  public static TrainingResult of(
      RunState run, End end, float[] parameters, CheckpointStore store, List<Metric> metrics) {
    return new TrainingResult(
        scores(run, metrics),
        run.tokensPerSecond(),
        run.tokens(),
        run.round(),
        FloatArrays.sha256(parameters),
        store.best(run.bestRound()).map(best -> best.folder().uri()),
        end);
  }

  private static List<Score> scores(RunState run, List<Metric> metrics) {
    if (!run.bestScores().isEmpty()) {
      return run.bestScores();
    }
    // Never evaluated, or last by a version that kept the loss alone.
    double[] loss = {run.bestRound() > 0 ? run.bestScore() : Double.NaN, 1};
    return metrics.stream()
        .map(
            metric ->
                new Score(
                    metric.name(),
                    metric.needsPredictions() ? Double.NaN : metric.value(loss),
                    metric.higherIsBetter()))
        .toList();
  }

  /** The score that tells a person most, see {@link Score#shown}. */
  public Score shown() {
    return Score.shown(scores);
  }

  /** The value of a metric; NaN if it was not measured. */
  public double value(String metric) {
    return Score.value(scores, metric);
  }

  /** The loss, as a metric: nats or squared errors per target; NaN where there is none. */
  public double validationLoss() {
    return value("loss");
  }

  /** exp(loss); NaN where it says nothing. */
  public double perplexity() {
    return value("perplexity");
  }

  /** Whether it was asked to stop before its last round. */
  public boolean interrupted() {
    return end == End.INTERRUPTED;
  }

  /** Whether there are rounds left, which a resumed run trains. */
  public boolean canGoOn() {
    return end == End.INTERRUPTED || end == End.TIME_LIMIT;
  }
}
