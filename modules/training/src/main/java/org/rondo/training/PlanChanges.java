package org.rondo.training;

import org.rondo.ingest.DataOrder;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.sync.OuterPlan;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.sync.Synchronizer;
import org.rondo.training.workspace.KernelPlan;

/**
 * Changes of a {@link TrainingPlan}, by name; what is not named stays as it was. Values are checked
 * when all changes are made, so their order does not matter.
 *
 * @see TrainingPlan#with
 */
public final class PlanChanges {
  private long seed;
  private int shards;
  private DataPlan data;
  private int rounds;
  private int minibatches;
  private int batch;
  private int unroll;
  private boolean varied;
  private ClipPlan clip;
  private OptimizerPlan optimizer;
  private SchedulePlan schedule;
  private SyncPlan sync;
  private boolean momentumFollowsShards;
  private EvaluationPlan evaluation;
  private CheckpointPlan checkpoint;
  private KernelPlan kernels;
  private DiagnosticsPlan diagnostics;

  PlanChanges(TrainingPlan plan) {
    seed = plan.seed();
    shards = plan.shards();
    data = plan.data();
    rounds(plan.rounds());
    update(plan.update());
    sync = plan.sync();
    momentumFollowsShards = sync.outer().momentum() == OuterPlan.momentumFor(shards);
    evaluation = plan.evaluation();
    checkpoint = plan.checkpoint();
    kernels = plan.kernels();
    diagnostics = plan.diagnostics();
  }

  TrainingPlan plan() {
    TrainingPlan.requireShards(shards);
    return new TrainingPlan(
        seed,
        shards,
        data,
        new RoundPlan(rounds, minibatches, batch, unroll, varied),
        new UpdatePlan(clip, optimizer, schedule),
        momentumFollowsShards ? sync.withMomentum(OuterPlan.momentumFor(shards)) : sync,
        evaluation,
        checkpoint,
        kernels,
        diagnostics);
  }

  /** Of initial parameters, dropout and shuffling. */
  public PlanChanges seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Parts of the training split, each trained by one worker. The momentum of {@code block-momentum}
   * follows, unless {@link #sync(SyncPlan)} set another than {@link OuterPlan#momentumFor}.
   */
  public PlanChanges shards(int number) {
    shards = number;
    return this;
  }

  /** In which order data is read. */
  public PlanChanges order(DataOrder order) {
    return data(new DataPlan(order, data.shardMemory(), data.buckets()));
  }

  /** Different numbers of steps that minibatches of sequences have at most. */
  public PlanChanges buckets(int number) {
    return data(new DataPlan(data.order(), data.shardMemory(), number));
  }

  /** How tasks come by the data. */
  public PlanChanges data(DataPlan part) {
    data = part;
    return this;
  }

  /** Rounds, after each of which the shards come together. */
  public PlanChanges rounds(int number) {
    rounds = number;
    return this;
  }

  /** Rounds and what each shard trains in one. */
  public PlanChanges rounds(RoundPlan part) {
    return rounds(part.count())
        .minibatches(part.syncEvery())
        .batch(part.batch(), part.unroll())
        .varied(part.varied());
  }

  /** Minibatches that each shard trains in a round. */
  public PlanChanges minibatches(int number) {
    minibatches = number;
    return this;
  }

  /**
   * The shape of a minibatch.
   *
   * @param streams sequences side by side (B)
   * @param steps through which gradients flow (T)
   */
  public PlanChanges batch(int streams, int steps) {
    batch = streams;
    unroll = steps;
    return this;
  }

  /** Whether minibatches of running text have other numbers of steps about that. */
  public PlanChanges varied(boolean choice) {
    varied = choice;
    return this;
  }

  /** What is done to a gradient before it moves parameters. */
  public PlanChanges clip(ClipPlan part) {
    clip = part;
    return this;
  }

  /** The rule of that name at that learning rate, see {@link OptimizerPlan#of}. */
  public PlanChanges optimizer(String name, double learningRate) {
    return optimizer(OptimizerPlan.of(name, learningRate));
  }

  /** The rule by which a gradient moves parameters. */
  public PlanChanges optimizer(OptimizerPlan part) {
    optimizer = part;
    return this;
  }

  /** How the learning rate moves; {@link SchedulePlan#of} makes one by its name. */
  public PlanChanges schedule(SchedulePlan part) {
    schedule = part;
    return this;
  }

  /** Clipping, rule and schedule. */
  public PlanChanges update(UpdatePlan part) {
    return clip(part.clip()).optimizer(part.optimizer()).schedule(part.schedule());
  }

  /** How shards come together, by the name of a {@link Synchronizer}; see {@link SyncPlan#of}. */
  public PlanChanges synchronizer(String name) {
    sync = SyncPlan.of(name, 1);
    momentumFollowsShards = true;
    return this;
  }

  /** How and when shards come together. */
  public PlanChanges sync(SyncPlan part) {
    sync = part;
    momentumFollowsShards = false;
    return this;
  }

  /** Rounds from one evaluation of the validation split to the next. */
  public PlanChanges evaluateEvery(int number) {
    return evaluation(
        new EvaluationPlan(
            number,
            evaluation.streams(),
            evaluation.batch(),
            evaluation.patience(),
            evaluation.metric(),
            evaluation.averageAfter()));
  }

  /** Evaluations without improvement after which training stops; 0 = never. */
  public PlanChanges patience(int evaluations) {
    return evaluation(
        new EvaluationPlan(
            evaluation.every(),
            evaluation.streams(),
            evaluation.batch(),
            evaluations,
            evaluation.metric(),
            evaluation.averageAfter()));
  }

  /** When the validation split is evaluated, and how it is cut. */
  public PlanChanges evaluation(EvaluationPlan part) {
    evaluation = part;
    return this;
  }

  /** Rounds from one checkpoint to the next; 0 = only after the last round or an interruption. */
  public PlanChanges checkpointEvery(int number) {
    return checkpoint(new CheckpointPlan(number, checkpoint.keep(), checkpoint.retries()));
  }

  /** When checkpoints are written, and how many are kept. */
  public PlanChanges checkpoint(CheckpointPlan part) {
    checkpoint = part;
    return this;
  }

  /** {@code float32}, {@code bfloat16} or {@code auto}. */
  public PlanChanges precision(String precision) {
    return kernels(
        new KernelPlan(kernels.matmul(), kernels.elementwise(), precision, kernels.allowMixed()));
  }

  /** Which kernels train. */
  public PlanChanges kernels(KernelPlan part) {
    kernels = part;
    return this;
  }

  /** What is measured beside the training. */
  public PlanChanges diagnostics(DiagnosticsPlan part) {
    diagnostics = part;
    return this;
  }
}
