package org.rondo.driver;

import java.util.Optional;
import org.rondo.training.TrainingEvent.End;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.storage.FloatArrays;

/**
 * What a run came to.
 *
 * @param validationLoss the lowest, in nats per token; NaN if the run was interrupted before the
 *     first evaluation
 * @param perplexity of that loss
 * @param tokensPerSecond targets trained per second of the rounds, resumed ones included; start-up,
 *     evaluation and checkpoints excluded
 * @param tokens targets trained by all shards, earlier parts of a resumed run included
 * @param rounds trained, earlier parts of a resumed run included
 * @param parametersSha256 of the last round's parameters as little-endian float32
 * @param bestCheckpoint folder of the parameters with {@code validationLoss}
 * @param end why it ended
 */
public record TrainingResult(
    double validationLoss,
    double perplexity,
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
   */
  public static TrainingResult of(
      RunState run, End end, float[] parameters, CheckpointStore store) {
    boolean evaluated = run.bestRound() > 0;
    return new TrainingResult(
        evaluated ? run.bestLoss() : Double.NaN,
        evaluated ? StrictMath.exp(run.bestLoss()) : Double.NaN,
        run.tokensPerSecond(),
        run.tokens(),
        run.round(),
        FloatArrays.sha256(parameters),
        store.best(run.bestRound()).map(best -> best.folder().uri()),
        end);
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
