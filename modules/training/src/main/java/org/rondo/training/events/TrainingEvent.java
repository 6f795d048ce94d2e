package org.rondo.training.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.training.DiagnosticsPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.ShardTiming;
import org.rondo.training.sync.Synchronizer;
import org.rondo.training.timing.RoundTimes;

/**
 * What happens in a run, in the order in which it happens. As JSON, its name stands in the field
 * {@code event}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainingEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = TrainingEvent.RoundFinished.class, name = "round_finished"),
  @JsonSubTypes.Type(value = TrainingEvent.RoundMeasured.class, name = "round_measured"),
  @JsonSubTypes.Type(value = TrainingEvent.GradientsMeasured.class, name = "gradients_measured"),
  @JsonSubTypes.Type(value = TrainingEvent.Evaluated.class, name = "evaluated"),
  @JsonSubTypes.Type(value = TrainingEvent.CheckpointWritten.class, name = "checkpoint_written"),
  @JsonSubTypes.Type(value = TrainingEvent.StorageFailed.class, name = "storage_failed"),
  @JsonSubTypes.Type(value = TrainingEvent.Finished.class, name = "finished"),
})
public sealed interface TrainingEvent {
  /**
   * The run starts, or goes on after a checkpoint.
   *
   * @param firstRound 1, or the round after the checkpoint that is resumed
   * @param rounds the last round if nothing stops the run earlier
   * @param parameters number of parameters of the network
   * @param carrier what runs the workers
   * @param fingerprint of the driver's kernels
   * @param leftoverTokens targets of the training split that no shard trains
   * @param warnings sentences on what may be wrong, or costs the user something
   * @param remarks sentences on how the run works through its data; earlier versions wrote none
   */
  record Started(
      int firstRound,
      int rounds,
      int shards,
      int parameters,
      String carrier,
      String fingerprint,
      long leftoverTokens,
      List<String> warnings,
      List<String> remarks)
      implements TrainingEvent {
    public Started {
      warnings = List.copyOf(warnings);
      remarks = remarks == null ? List.of() : List.copyOf(remarks);
    }
  }

  /**
   * All shards trained and came together, see {@link Synchronizer}.
   *
   * @param trainLoss mean nats per token over the round's minibatches
   * @param tokens targets trained in this round by all shards
   * @param seconds wall time of the round, the synchronizer's step included
   * @param learningRate of the round's last minibatch
   * @param gradientNorm mean over the round's minibatches, before clipping
   * @param clippedShare share of minibatches whose gradient was clipped, by value or by norm, in
   *     [0,1]; where the driver takes the one step, 1 or 0: whether its gradient was
   */
  record RoundFinished(
      int round,
      int rounds,
      double trainLoss,
      long tokens,
      double seconds,
      double tokensPerSecond,
      double learningRate,
      double gradientNorm,
      double clippedShare)
      implements TrainingEvent {}

  /**
   * Where the time of a round went, and what each shard did in it; after its {@link RoundFinished}.
   *
   * @param shards in shard order
   */
  record RoundMeasured(int round, RoundTimes times, List<ShardTiming> shards)
      implements TrainingEvent {
    public RoundMeasured {
      shards = List.copyOf(shards);
    }
  }

  /**
   * How far back gradients reached at the start of a round, see {@link DiagnosticsPlan#gradients}.
   *
   * @param norms per recurrent layer, lowest first, and per k from 0: norm of the gradient of a
   *     sequence's last loss by h, k steps before; see {@link
   *     org.rondo.models.Network#gradientFlow}
   */
  record GradientsMeasured(int round, List<List<Double>> norms) implements TrainingEvent {}

  /**
   * The validation split was evaluated.
   *
   * @param loss what training minimizes, mean per target: nats or squared errors
   * @param scores of the job's metrics, the one that decides first
   * @param details further figures of a metric, by its name; of the best evaluations alone
   * @param best whether no earlier one was better
   */
  record Evaluated(
      int round,
      double loss,
      List<Score> scores,
      Map<String, Map<String, Double>> details,
      boolean best)
      implements TrainingEvent {
    public Evaluated {
      scores = List.copyOf(scores);
    }

    /**
     * After a round.
     *
     * @param best whether no earlier scores were better
     */
    public static Evaluated of(int round, Scores scores, boolean best) {
      return new Evaluated(
          round, scores.loss(), scores.all(), best ? scores.details() : Map.of(), best);
    }

    /** As it stands in a log: earlier versions wrote a perplexity beside the loss. */
    @JsonCreator
    static Evaluated read(
        @JsonProperty("round") int round,
        @JsonProperty("loss") double loss,
        @JsonProperty("scores") List<Score> scores,
        @JsonProperty("details") Map<String, Map<String, Double>> details,
        @JsonProperty("perplexity") double perplexity,
        @JsonProperty("best") boolean best) {
      return new Evaluated(
          round,
          loss,
          scores != null
              ? scores
              : List.of(new Score("loss", loss, false), new Score("perplexity", perplexity, false)),
          details == null ? Map.of() : details,
          best);
    }

    /**
     * The score that tells a person most: the perplexity where the loss decides and there is one,
     * else the one that decides.
     */
    public Score shown() {
      return Score.shown(scores);
    }

    /** The value of a metric; NaN if it was not measured. */
    public double value(String metric) {
      return Score.value(scores, metric);
    }
  }

  /**
   * A checkpoint is complete.
   *
   * @param best whether it is the best one, of parameters alone, rather than one to resume from
   */
  record CheckpointWritten(int round, String path, boolean best) implements TrainingEvent {}

  /**
   * A checkpoint could not be written and will be tried again after a pause.
   *
   * @param message why
   * @param retry number of the retry that follows, from 1
   * @param retries that this checkpoint has in all
   * @param pauseSeconds before it
   */
  record StorageFailed(int round, String message, int retry, int retries, long pauseSeconds)
      implements TrainingEvent {}

  /** Why a run ended. */
  enum End {
    /** All rounds were trained. */
    COMPLETED,
    /** The score that decides did not improve for {@link EvaluationPlan#patience} evaluations. */
    STOPPED_EARLY,
    /** It was asked to stop. */
    INTERRUPTED,
    /** The time that it was given has passed. */
    TIME_LIMIT
  }

  /**
   * The run is over and its last checkpoint written.
   *
   * @param round the last round trained
   */
  record Finished(int round, End end) implements TrainingEvent {}
}
