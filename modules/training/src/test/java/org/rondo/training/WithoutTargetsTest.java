package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.ingest.Shard;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.checkpoint.CommonState;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.sync.Averaging;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.sync.Synchronizer;

/**
 * Minibatches without any target teach nothing: what is trained is what would be without them. The
 * networks have no dropout and each minibatch begins at a hidden state of zeros, so that a shard
 * without those minibatches is one to compare with.
 */
class WithoutTargetsTest {
  private static final Map<Integer, List<Shard>> SHARDS = new HashMap<>();

  @TempDir static Path folder;
  private static TrainingJob text;
  private static float[] initial;

  @BeforeAll
  static void prepare() {
    TrainingJob prepared = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(2, "sgd"));
    int vocabulary = TinyJob.corpus(prepared).vocabulary().size();
    NetworkSpec network = RecurrentStack.languageModel(vocabulary, "lstm", 1, 8, 0);
    text = new TrainingJob(network, prepared.plan(), prepared.dataset());
    initial = Network.initialParameters(network, 5);
    for (int shards = 1; shards <= 2; shards++) {
      TrainingJob job = job(shards, "sgd", SyncPlan.AVERAGE, 1);
      var all = new ArrayList<Shard>();
      for (int shard = 0; shard < shards; shard++) {
        all.add(TinyJob.shard(job, shard));
      }
      SHARDS.put(shards, all);
    }
  }

  static Stream<String> everyOptimizer() {
    return Optimizer.names().stream();
  }

  static Stream<String> everySynchronizer() {
    return Synchronizer.names().stream();
  }

  @ParameterizedTest
  @MethodSource("everyOptimizer")
  void noOptimizerTakesAStep(String optimizer) {
    TrainingJob job = job(2, optimizer, SyncPlan.AVERAGE, 3);
    Shard shard = shard(job, 0);
    WorkerState before =
        Worker.work(initial, WorkerState.initial(0), shard, TinyJob.round(job, 1)).state();

    WorkerResult result = Worker.work(initial, before, silent(shard), TinyJob.round(job, 2));

    assertThat(result.contribution()).isEqualTo(initial);
    assertThat(result.report().tokens()).isZero();
    assertThat(result.report().minibatches()).isEqualTo(3);
    assertThat(result.state().hidden()).as("goes on").isNotEqualTo(before.hidden());
    assertSame(result.state().slots(), before.slots());
  }

  /** Bias corrections and velocities as well: they count steps, not minibatches. */
  @ParameterizedTest
  @MethodSource("everyOptimizer")
  void stepsAroundThemAreThoseWithoutThem(String optimizer) {
    for (SlotPolicy slots : SlotPolicy.values()) {
      SyncPlan sync = SyncPlan.AVERAGE.withSlots(slots);
      List<float[]> with = trained(job(1, optimizer, sync, 3), 2, Set.of(0L, 2L, 3L));
      List<float[]> without = trained(job(1, optimizer, sync, 3), 1, Set.of());

      // Of six minibatches 1, 4 and 5 have targets; RESET forgets between the two rounds.
      if (slots != SlotPolicy.RESET) {
        assertSame(with, without);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everySynchronizer")
  void roundWithoutTargetsMovesNothing(String synchronizer) {
    SyncPlan sync = SyncPlan.of(synchronizer, 2);
    List<float[]> with = trained(job(2, "adamw", sync, 1), 4, Set.of(0L, 2L));
    List<float[]> without = trained(job(2, "adamw", sync, 1), 2, Set.of());

    assertSame(with, without);
    assertThat(with.get(0)).isNotEqualTo(initial);
  }

  @Test
  void shardWithoutTargetsHasNoWeight() {
    for (String synchronizer : Synchronizer.names()) {
      TrainingJob job = job(2, "adam", SyncPlan.of(synchronizer, 2), 2);
      Round round = TinyJob.round(job, 1);
      WorkerResult first = Worker.work(initial, WorkerState.initial(0), shard(job, 0), round);
      WorkerResult second =
          Worker.work(initial, WorkerState.initial(1), silent(shard(job, 1)), round);

      float[] mean =
          Averaging.mean(
              List.of(first.contribution(), second.contribution()),
              new long[] {first.report().tokens(), second.report().tokens()});

      assertThat(mean).as(synchronizer).isEqualTo(first.contribution());
    }
  }

  /** The rate belongs to the place in the text, whatever was learned before. */
  @Test
  void scheduleCountsThemAll() {
    var halving = new SchedulePlan(SchedulePlan.STEP, 2, 0.5, 0, 0, 1);
    TrainingPlan plan = job(1, "sgd", SyncPlan.AVERAGE, 3).plan();
    OptimizerPlan slow = OptimizerPlan.of("sgd", 0.5 * plan.update().optimizer().learningRate());
    TrainingPlan late = plan.with(p -> p.schedule(halving));
    TrainingPlan halved = plan.with(p -> p.optimizer(slow));

    float[] third = trained(with(late), 1, Set.of(0L, 1L)).get(0);
    float[] only = trained(with(halved), 1, Set.of(0L, 1L)).get(0);

    assertThat(third).isEqualTo(only).isNotEqualTo(initial);
  }

  private static TrainingJob job(int shards, String optimizer, SyncPlan sync, int minibatches) {
    TrainingPlan plan =
        TinyJob.plan(shards, optimizer)
            .with(p -> p.sync(sync).rounds(new RoundPlan(9, minibatches, 2, 5)));
    return with(plan);
  }

  private static TrainingJob with(TrainingPlan plan) {
    return new TrainingJob(text.network(), plan, text.dataset());
  }

  /** Of the same shape whatever the minibatches of a round and the optimizer. */
  private static Shard text(TrainingJob job, int shard) {
    return SHARDS.get(job.plan().shards()).get(shard);
  }

  private static Shard shard(TrainingJob job, int shard) {
    return new Thinned(text(job, shard), Set.of(), false);
  }

  private static Shard silent(Shard shard) {
    return new Thinned(shard, Set.of(), true);
  }

  /**
   * Trains rounds of the job: the common vector, and behind it what the synchronizer remembers.
   *
   * @param idle numbers of minibatches without targets
   */
  private static List<float[]> trained(TrainingJob job, int rounds, Set<Long> idle) {
    int shards = job.plan().shards();
    var states = new ArrayList<WorkerState>();
    for (int shard = 0; shard < shards; shard++) {
      states.add(WorkerState.initial(shard));
    }
    try (CommonState common = CommonState.initial(job, initial)) {
      for (int r = 1; r <= rounds; r++) {
        Round round = TinyJob.round(job, r);
        var vectors = new ArrayList<float[]>();
        var reports = new ArrayList<WorkerReport>();
        for (int shard = 0; shard < shards; shard++) {
          Shard thinned = new Thinned(text(job, shard), idle, false);
          WorkerResult result = Worker.work(common.vector(), states.get(shard), thinned, round);
          states.set(shard, result.state());
          vectors.add(result.contribution());
          reports.add(result.report());
        }
        long[] tokens = reports.stream().mapToLong(WorkerReport::tokens).toArray();
        common.advance(round, new RoundResult(Averaging.mean(vectors, tokens), reports));
      }
      var vectors = new ArrayList<float[]>(List.of(common.vector()));
      vectors.addAll(common.outer());
      return vectors;
    }
  }

  private static void assertSame(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).as("vector %d", i).isEqualTo(expected.get(i));
    }
  }

  /** A text between whose minibatches stand some without a target, at zero state before each. */
  private record Thinned(Shard text, Set<Long> idle, boolean silent) implements Shard {
    @Override
    public long minibatches() {
      return text.minibatches();
    }

    @Override
    public int steps(long number) {
      return text.steps(number);
    }

    @Override
    public boolean startsSequence(long number) {
      return true;
    }

    @Override
    public Reader reader() {
      Reader reader = text.reader();
      return (minibatch, number) -> {
        reader.fill(minibatch, number - idle.stream().filter(n -> n < number).count());
        if (silent || idle.contains(number)) {
          Arrays.fill(minibatch.targets(), Minibatch.NO_TARGET);
        }
      };
    }
  }
}
