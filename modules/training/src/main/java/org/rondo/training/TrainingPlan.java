package org.rondo.training;

import java.io.Serializable;
import java.util.Locale;
import java.util.function.Consumer;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.kernels.ValueException;
import org.rondo.training.optimizers.Schedule;
import org.rondo.training.optimizers.SparseAdam;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.sync.Average;
import org.rondo.training.sync.Exchange;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.workspace.KernelPlan;

/**
 * What decides a training run beside the network and the dataset: {@link #defaults} with changes.
 *
 * @param seed of initial parameters and dropout
 * @param shards parts of the dataset, each trained by one worker; decides the bits, so it does not
 *     follow the number of cores
 */
public record TrainingPlan(
    long seed,
    int shards,
    DataPlan data,
    RoundPlan rounds,
    UpdatePlan update,
    SyncPlan sync,
    EvaluationPlan evaluation,
    CheckpointPlan checkpoint,
    KernelPlan kernels,
    DiagnosticsPlan diagnostics)
    implements Serializable {
  private static final int DEFAULT_SHARDS = 2;

  private static final int MOST_SHARDS = 1_000_000;

  public TrainingPlan {
    requireShards(shards);
    ValueException.unlessGiven("data", data);
    ValueException.unlessGiven("rounds", rounds);
    ValueException.unlessGiven("update", update);
    ValueException.unlessGiven("sync", sync);
    ValueException.unlessGiven("evaluation", evaluation);
    ValueException.unlessGiven("checkpoint", checkpoint);
    ValueException.unlessGiven("kernels", kernels);
    ValueException.unlessGiven("diagnostics", diagnostics);
    sync.growth().requireMaximum(rounds.syncEvery());
    ValueException.unless(
        sync.warmUp() < rounds.count(),
        "sync.warm_up",
        sync.warmUp(),
        String.format(
            Locale.ROOT,
            "must be below train.rounds = %d, or only the first shard would ever train",
            rounds.count()));
    ValueException.unless(
        !rounds.varied() || data.order() == DataOrder.CONTIGUOUS,
        "train.vary_unroll",
        true,
        "needs data.order = contiguous, the order of running text");
    requireSteps(rounds, update, sync);
  }

  /** Refuses what has a meaning to the steps of shards alone, where these take none. */
  private static void requireSteps(RoundPlan rounds, UpdatePlan update, SyncPlan sync) {
    boolean steps = sync.exchange() != Exchange.GRADIENTS;
    ValueException.unless(
        steps || !rounds.varied(),
        "train.vary_unroll",
        true,
        String.format(
            Locale.ROOT,
            "gives each minibatch a learning rate of its own, and with sync.name = %s all of a round share one step: set it to false",
            sync.name()));
    String optimizer = update.optimizer().name();
    ValueException.unless(
        steps || !optimizer.equals(SparseAdam.NAME),
        "optimizer.name",
        optimizer,
        String.format(
            Locale.ROOT,
            "with sync.name = %s the mean of the shards' gradients has no tokens left out, so it would be adam: set it to that",
            sync.name()));
  }

  public static void requireShards(int shards) {
    ValueException.unlessWithin("shards", shards, 1, MOST_SHARDS);
  }

  /** The defaults of the configuration, {@code reference.conf}. */
  public static TrainingPlan defaults() {
    return new TrainingPlan(
        1,
        DEFAULT_SHARDS,
        DataPlan.DEFAULT,
        RoundPlan.DEFAULT,
        UpdatePlan.DEFAULT,
        SyncPlan.of(Average.NAME, DEFAULT_SHARDS),
        EvaluationPlan.DEFAULT,
        CheckpointPlan.DEFAULT,
        KernelPlan.DEFAULT,
        DiagnosticsPlan.NONE);
  }

  /**
   * This plan with changes.
   *
   * <pre>{@code
   * TrainingPlan.defaults().with(plan -> plan.shards(4).rounds(40).optimizer("adam", 0.004))
   * }</pre>
   *
   * @throws IllegalArgumentException if a value is out of its range, or two do not fit together
   */
  public TrainingPlan with(Consumer<PlanChanges> changes) {
    var changed = new PlanChanges(this);
    changes.accept(changed);
    return changed.plan();
  }

  /**
   * What the worker of that shard trains on.
   *
   * @throws IngestException if the training split is too short for so many shards, or too long
   */
  public Shard shard(Dataset dataset, int shard) {
    return dataset.shard(trainingText(), shard, seed);
  }

  /**
   * What one of the {@link EvaluationPlan#parts} of an evaluation reads.
   *
   * @throws IngestException if there is nothing to predict
   */
  public Shard evaluationPart(Dataset dataset, String split, int part) {
    return dataset.part(evaluatedText(split), part);
  }

  /** How a split is dealt to the parts of an evaluation. */
  ShardPlan evaluatedText(String split) {
    return new ShardPlan(
        split,
        data.order(),
        evaluation.parts(),
        evaluation.batch(),
        rounds.unroll(),
        data.buckets(),
        data.tokensInMemory());
  }

  /** How the training text is dealt. */
  public ShardPlan trainingText() {
    return new ShardPlan(
        Split.TRAIN,
        data.order(),
        shards,
        rounds.batch(),
        rounds.unroll(),
        data.buckets(),
        data.tokensInMemory(),
        rounds.varied());
  }

  /** Minibatches that each shard trains in that round. */
  int minibatches(int round) {
    return sync.growth().minibatches(rounds.syncEvery(), round);
  }

  /** Minibatches that all shards together train in that round. */
  public long minibatchesOfAllShards(int round) {
    return (long) minibatches(round) * (round <= sync.warmUp() ? 1 : shards);
  }

  /** Minibatches that a shard trains in one pass over its part of a dataset; the most of any. */
  public long minibatchesPerEpoch(Dataset dataset) {
    return dataset.minibatches(trainingText());
  }

  /** The learning rates of the run. */
  public Schedule schedule() {
    return new Schedule(update, minibatches());
  }

  /** Minibatches that each shard trains in the whole run. */
  public long minibatches() {
    return sync.growth().total(rounds.syncEvery(), rounds.count());
  }
}
