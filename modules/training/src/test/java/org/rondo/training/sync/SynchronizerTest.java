package org.rondo.training.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.models.Network;
import org.rondo.training.Carrier;
import org.rondo.training.Round;
import org.rondo.training.RoundPlan;
import org.rondo.training.RoundResult;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.Worker;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;
import org.rondo.training.WorkerState;
import org.rondo.training.checkpoint.CommonState;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;

/** Rounds on threads, under every way in which shards come together. */
class SynchronizerTest {
  private static final int SHARDS = 2;

  @TempDir Path folder;
  private TrainingJob job;
  private float[] initial;

  @BeforeEach
  void prepare() {
    job = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(SHARDS, "adam"));
    initial = Network.initialParameters(job.network(), 5);
  }

  static List<String> everySynchronizer() {
    return Synchronizer.names();
  }

  @ParameterizedTest
  @MethodSource("everySynchronizer")
  void nameIsAWordOfTheConfigurationAndFindsItsMember(String name) {
    assertThat(name).matches("[a-z]+(-[a-z]+)*");
    assertThat(Synchronizer.named(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("everySynchronizer")
  void lossFalls(String name) {
    // One minibatch per round: as many steps for those who step once per round as for the others.
    TrainingPlan plan =
        plan(SyncPlan.of(name, SHARDS)).with(p -> p.rounds(new RoundPlan(60, 1, 2, 5)));
    List<Double> losses = new ArrayList<>();

    train(with(plan), 60, result -> losses.add(result.trainLoss()));

    assertThat(losses.get(59)).isLessThan(0.7 * losses.get(0));
  }

  /** Of one shard, all but the driver's own step are the same computation. */
  @ParameterizedTest
  @ValueSource(strings = {"block-momentum", "none"})
  void oneShardIsAveragedBitForBit(String name) {
    TrainingPlan one = TinyJob.plan(1, "adam");

    float[] average = train(with(one.with(p -> p.sync(SyncPlan.AVERAGE))), 3, result -> {});
    float[] other = train(with(one.with(p -> p.sync(SyncPlan.of(name, 1)))), 3, result -> {});

    assertThat(other).isEqualTo(average);
  }

  /** The same steps, taken by the driver. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "adam", "adamw"})
  void oneShardsGradientMovesTheDriverAsItMovesTheShard(String optimizer) {
    TrainingPlan one = TinyJob.plan(1, optimizer).with(p -> p.rounds(new RoundPlan(20, 1, 2, 5)));

    float[] average = train(with(one), 20, result -> {});
    float[] gradient =
        train(with(one.with(p -> p.sync(SyncPlan.of("gradient", 1)))), 20, result -> {});

    // The norm that clips is summed in another order, which moves each step by some 1e-7 of itself.
    for (int i = 0; i < average.length; i++) {
      assertThat(gradient[i]).as("parameter %d", i).isEqualTo(average[i], within(1e-5f));
    }
  }

  /** A learning rate of 1, no clipping: the step is the mean gradient itself. */
  @Test
  void gradientStepsAlongTheMeanOfAllMinibatchesOfAllShards() {
    var plain = new UpdatePlan(ClipPlan.NONE, OptimizerPlan.of("sgd", 1), SchedulePlan.constant());
    TrainingPlan plan =
        TinyJob.plan(SHARDS, "sgd")
            .with(p -> p.update(plain).sync(SyncPlan.of("gradient", SHARDS)));
    TrainingJob accumulating = with(plan.with(p -> p.rounds(new RoundPlan(1, 3, 2, 5))));
    TrainingJob single = with(plan.with(p -> p.rounds(new RoundPlan(1, 1, 2, 5))));
    var sum = new double[initial.length];
    for (int shard = 0; shard < SHARDS; shard++) {
      WorkerState state = WorkerState.initial(shard);
      for (int r = 1; r <= 3; r++) {
        Round round = TinyJob.round(single, r);
        WorkerResult result = Worker.work(initial, state, TinyJob.shard(single, shard), round);
        state = result.state();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += result.contribution()[i];
        }
      }
    }

    float[] after = train(accumulating, 1, result -> {});

    for (int i = 0; i < sum.length; i++) {
      // Gradients are below 1; the mean and the difference are rounded to float32 once each.
      assertThat((double) after[i] - initial[i])
          .as("parameter %d", i)
          .isEqualTo(-sum[i] / (3 * SHARDS), within(1e-6));
    }
  }

  @Test
  void shardsThatNeverMeetGoOnFromTheirOwnParameters() {
    TrainingPlan plan = plan(SyncPlan.of("none", SHARDS));
    float[] alone = train(with(plan), 3, result -> {});
    WorkerState state = WorkerState.initial(0);
    float[] expected = initial;
    for (int r = 1; r <= 3; r++) {
      WorkerResult result =
          Worker.work(expected, state, TinyJob.shard(job, 0), TinyJob.round(job, r));
      expected = result.contribution();
      state = result.state();
    }

    assertThat(alone).isEqualTo(expected);
    try (Carrier carrier = new ThreadCarrier(with(plan))) {
      carrier.run(TinyJob.round(with(plan), 1), initial);
      RoundResult second = carrier.run(TinyJob.round(with(plan), 2), initial);
      assertThat(second.reports()).allMatch(report -> report.tokens() > 0);
    }
  }

  /** Two rounds alone, then both: the first shard's way is that of a run of its own. */
  @Test
  void firstShardWarmsUpAlone() {
    TrainingPlan plan = plan(SyncPlan.AVERAGE.withWarmUp(2));
    var tokens = new ArrayList<List<Long>>();
    float[] afterWarmUp =
        train(
            with(plan),
            2,
            result -> tokens.add(result.reports().stream().map(WorkerReport::tokens).toList()));

    assertThat(tokens).containsExactly(List.of(30L, 0L), List.of(30L, 0L));
    assertThat(afterWarmUp)
        .isEqualTo(train(with(plan(SyncPlan.of("none", SHARDS))), 2, result -> {}));
    assertThat(train(with(plan), 3, result -> {}))
        .isNotEqualTo(train(with(plan(SyncPlan.of("none", SHARDS))), 3, result -> {}));
  }

  /** Waiting must not begin the schedule again: the run's minibatches count. */
  @Test
  void shardThatJoinsInLearnsAtTheRateOfTheRun() {
    var halving = new SchedulePlan("step", 3, 0.5, 0, 0, 1);
    var update = new UpdatePlan(ClipPlan.NONE, OptimizerPlan.of("sgd", 1), halving);
    TrainingJob late = with(TinyJob.plan(SHARDS, "sgd").with(p -> p.update(update)));
    TrainingJob constant =
        with(
            TinyJob.plan(SHARDS, "sgd")
                .with(
                    p ->
                        p.update(
                            new UpdatePlan(
                                ClipPlan.NONE,
                                OptimizerPlan.of("sgd", 0.25),
                                SchedulePlan.constant()))));

    WorkerResult third =
        Worker.work(
            initial, WorkerState.initial(1), TinyJob.shard(late, 1), TinyJob.round(late, 3));

    assertThat(third.contribution())
        .isEqualTo(
            Worker.work(
                    initial,
                    WorkerState.initial(1),
                    TinyJob.shard(constant, 1),
                    TinyJob.round(constant, 3))
                .contribution());
  }

  @Test
  void slotsAreKeptOrAveragedOrReset() {
    TrainingJob keep = with(plan(SyncPlan.AVERAGE));
    TrainingJob average = with(plan(SyncPlan.AVERAGE.withSlots(SlotPolicy.AVERAGE)));
    TrainingJob reset = with(plan(SyncPlan.AVERAGE.withSlots(SlotPolicy.RESET)));
    WorkerState before = trained(keep);
    Round second = TinyJob.round(reset, 2);

    float[] kept = work(keep, before, initial).contribution();
    float[] forgotten = work(reset, before, initial).contribution();
    float[] averaged = work(average, before, behind(initial, before.slots())).contribution();

    // Slots that come from the common vector and are this shard's own do what its own do.
    assertThat(averaged).hasSize(3 * initial.length).startsWith(kept);
    assertThat(forgotten).hasSameSizeAs(kept).isNotEqualTo(kept);
    assertThat(work(reset, trainedWithout(before), initial).contribution()).isEqualTo(forgotten);
    assertThat(Worker.work(initial, before, TinyJob.shard(reset, 0), second).state().slots())
        .isEmpty();
  }

  private WorkerState trained(TrainingJob of) {
    return Worker.work(initial, WorkerState.initial(0), TinyJob.shard(of, 0), TinyJob.round(of, 1))
        .state();
  }

  private static WorkerState trainedWithout(WorkerState state) {
    return new WorkerState(
        state.shard(), state.steps(), state.idle(), state.hidden(), List.of(), new float[0]);
  }

  private static WorkerResult work(TrainingJob of, WorkerState before, float[] common) {
    return Worker.work(common, before, TinyJob.shard(of, 0), TinyJob.round(of, 2));
  }

  private static float[] behind(float[] parameters, List<float[]> slots) {
    var common = new float[(1 + slots.size()) * parameters.length];
    System.arraycopy(parameters, 0, common, 0, parameters.length);
    for (int i = 0; i < slots.size(); i++) {
      System.arraycopy(slots.get(i), 0, common, (i + 1) * parameters.length, parameters.length);
    }
    return common;
  }

  private TrainingPlan plan(SyncPlan sync) {
    return job.plan().with(p -> p.sync(sync));
  }

  private TrainingJob with(TrainingPlan plan) {
    return new TrainingJob(job.network(), plan, job.dataset());
  }

  /** Looks at what a round came to. */
  private interface Look {
    void at(RoundResult result);
  }

  /** Trains from the initial parameters; hands back those after the last round. */
  private float[] train(TrainingJob of, int rounds, Look look) {
    try (Carrier carrier = new ThreadCarrier(of);
        CommonState common = CommonState.initial(of, initial)) {
      for (int r = 1; r <= rounds; r++) {
        Round round = TinyJob.round(of, r);
        RoundResult result = carrier.run(round, common.vector());
        look.at(result);
        common.advance(round, result);
      }
      return common.parameters();
    }
  }
}
