package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.Shard;
import org.rondo.models.Network;
import org.rondo.training.sync.SyncPlan;

class GradientMeanTest {
  @TempDir Path folder;

  /** The last minibatch of an epoch is padded, so the two of this round differ in tokens. */
  @Test
  void minibatchesCountByTheirTokens() {
    TrainingJob single = job(1);
    TrainingJob both = job(2);
    Shard shard = TinyJob.shard(single, 0);
    float[] parameters = Network.initialParameters(single.network(), 5);
    var before =
        new WorkerState(0, shard.minibatches() - 2, 0, new float[0], List.of(), new float[0]);

    WorkerResult first = Worker.work(parameters, before, shard, TinyJob.round(single, 1));
    WorkerResult last = Worker.work(parameters, first.state(), shard, TinyJob.round(single, 2));
    WorkerResult mean = Worker.work(parameters, before, shard, TinyJob.round(both, 1));

    long one = first.report().tokens();
    long other = last.report().tokens();
    assertThat(other).isPositive().isLessThan(one);
    for (int i = 0; i < parameters.length; i++) {
      double expected =
          ((double) one * first.contribution()[i] + (double) other * last.contribution()[i])
              / (one + other);
      // The same sum in double; its rounding to float32 is off by at most 6e-8 of it.
      assertThat((double) mean.contribution()[i])
          .as("parameter %d", i)
          .isEqualTo(expected, within(1e-7 * Math.abs(expected) + 1e-12));
    }
  }

  private TrainingJob job(int minibatches) {
    TrainingPlan plan =
        TinyJob.plan(1, "sgd")
            .with(
                p ->
                    p.sync(SyncPlan.of("gradient", 1))
                        .rounds(new RoundPlan(2, minibatches, 2, 50)));
    return TinyJob.of(folder, TinyJob.text(), plan);
  }
}
