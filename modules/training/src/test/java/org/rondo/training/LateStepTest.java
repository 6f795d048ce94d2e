package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.models.Network;
import org.rondo.training.checkpoint.CommonState;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;

/** Rounds of shards that meet one round late, against the rule written down with plain workers. */
class LateStepTest {
  private static final int SHARDS = 2;
  private static final int ROUNDS = 4;

  @TempDir static Path folder;

  /** C_r = C_r-1 + mean of d_r,k; shard k begins round r+1 at C_r-1 + d_r,k. */
  @Test
  void everyShardGoesOnFromItsOwnProgressAndTheMeanOfTheRoundBefore() {
    TrainingJob plain = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(SHARDS, "adam"));
    float[] initial = Network.initialParameters(plain.network(), 5);
    var starts = new ArrayList<float[]>(List.of(initial, initial));
    var states =
        new ArrayList<WorkerState>(List.of(WorkerState.initial(0), WorkerState.initial(1)));
    float[] common = initial;
    for (int r = 1; r <= ROUNDS; r++) {
      var progress = new ArrayList<float[]>();
      var sum = new double[common.length];
      long tokens = 0;
      for (int k = 0; k < SHARDS; k++) {
        WorkerResult result =
            Worker.work(
                starts.get(k), states.get(k), TinyJob.shard(plain, k), TinyJob.round(plain, r));
        states.set(k, result.state());
        float[] own = minus(result.contribution(), starts.get(k));
        progress.add(own);
        tokens += result.report().tokens();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += (double) result.report().tokens() * own[i];
        }
      }
      var next = new float[common.length];
      for (int i = 0; i < next.length; i++) {
        next[i] = (float) (sum[i] / tokens) + common[i];
      }
      for (int k = 0; k < SHARDS; k++) {
        starts.set(k, plus(common, progress.get(k)));
      }
      common = next;
    }

    TrainingPlan late = plain.plan().with(p -> p.sync(SyncPlan.AVERAGE.withDelay(1)));
    var job = new TrainingJob(plain.network(), late, plain.dataset());
    try (CommonState actual = CommonState.initial(job, initial);
        var carrier = new ThreadCarrier(job)) {
      for (int r = 1; r <= ROUNDS; r++) {
        Round round = TinyJob.round(job, r);
        actual.advance(round, carrier.run(round, actual.vector()));
      }
      assertThat(actual.parameters()).isEqualTo(common);
      assertThat(actual.vector()).isNotEqualTo(common);
    }
  }

  private static float[] minus(float[] a, float[] b) {
    var c = new float[a.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] - b[i];
    }
    return c;
  }

  private static float[] plus(float[] a, float[] b) {
    var c = new float[a.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] + b[i];
    }
    return c;
  }

  @Test
  void onlyParametersThatShardsHandInByThemselvesCanBeLate() {
    assertThatThrownBy(() -> SyncPlan.AVERAGE.withDelay(2)).hasMessageContaining("sync.delay = 2");
    for (SyncPlan plan :
        List.of(
            SyncPlan.of("gradient", 2),
            SyncPlan.of("none", 2),
            SyncPlan.AVERAGE.withSlots(SlotPolicy.AVERAGE),
            SyncPlan.AVERAGE.withWarmUp(1))) {
      assertThatThrownBy(() -> plan.withDelay(1))
          .hasMessageContaining(
              "sync.delay = 1: only parameters can be late, not with sync.name = ")
          .hasMessageEndingWith("set it to 0");
    }
  }
}
