package org.rondo.training.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.JavaElementwise;
import org.rondo.models.Network;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;

class BlockMomentumTest {
  @TempDir Path folder;
  private TrainingJob job;
  private int length;

  @BeforeEach
  void prepare() {
    job = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(4, "sgd"));
    length = Network.layout(job.network()).length();
  }

  /** Against the equations as the papers write them, in double. */
  @ParameterizedTest
  @CsvSource({"0.75, 1, true", "0.75, 1, false", "0.9, 0.7, true", "0.5, 1.5, false"})
  void followsItsEquations(double momentum, double rate, boolean nesterov) {
    TrainingJob other = with(new OuterPlan(momentum, rate, nesterov));
    float[] common = values(0);
    var expected = new double[length];
    var velocity = new double[length];
    for (int i = 0; i < length; i++) {
      expected[i] = common[i];
    }
    try (OuterStep step = begin(other)) {
      for (int r = 1; r <= 5; r++) {
        float[] mean = values(r);
        for (int i = 0; i < length; i++) {
          double way = mean[i] - expected[i];
          velocity[i] = momentum * velocity[i] + way;
          expected[i] += rate * (nesterov ? way + momentum * velocity[i] : velocity[i]);
        }
        common = step.next(TinyJob.round(other, r).sync(), common, mean);
      }
    }
    // Values and velocities stay below 16; each round rounds both to float32, some 2^-20.
    for (int i = 0; i < length; i++) {
      assertThat((double) common[i]).as("element %d", i).isEqualTo(expected[i], within(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void withoutMomentumAtARateOfOneItIsTheMeanBitForBit(boolean nesterov) {
    TrainingJob other = with(new OuterPlan(0, 1, nesterov));
    float[] mean = values(2);
    mean[0] = -0f;
    mean[1] = Float.MIN_VALUE;
    mean[2] = 1e-30f;
    float[] common = values(1);
    common[2] = 1e8f;
    float[] expected = mean.clone();

    try (OuterStep step = begin(other)) {
      assertThat(step.next(TinyJob.round(other, 1).sync(), common, mean)).isEqualTo(expected);
    }
  }

  @Test
  void itsVelocityIsWhatGoesOn() {
    TrainingJob other = with(OuterPlan.of(4));
    try (OuterStep step = begin(other);
        OuterStep resumed = begin(other);
        OuterStep fresh = begin(other)) {
      float[] common = step.next(TinyJob.round(other, 1).sync(), values(0), values(1));
      resumed.restore(List.of(step.state().get(0).clone()), 1);
      float[] straight = step.next(TinyJob.round(other, 2).sync(), common, values(2));

      assertThat(resumed.next(TinyJob.round(other, 2).sync(), common, values(2)))
          .isEqualTo(straight);
      assertThat(fresh.next(TinyJob.round(other, 2).sync(), common, values(2)))
          .isNotEqualTo(straight);
    }
  }

  @Test
  void automaticMomentumOfOneShardIsNone() {
    assertThat(OuterPlan.momentumFor(1)).isZero();
    assertThat(OuterPlan.momentumFor(8)).isEqualTo(0.875);
  }

  private TrainingJob with(OuterPlan outer) {
    TrainingPlan plan =
        job.plan()
            .with(
                p ->
                    p.sync(
                        new SyncPlan(
                            "block-momentum",
                            outer,
                            SlotPolicy.KEEP,
                            GrowthPlan.NONE,
                            0,
                            WireFormat.FLOAT32,
                            0)));
    return new TrainingJob(job.network(), plan, job.dataset());
  }

  private static OuterStep begin(TrainingJob of) {
    TrainingPlan plan = of.plan();
    var beginning =
        new Synchronizer.Beginning(
            plan.sync(), plan.update(), Network.layout(of.network()), new JavaElementwise());
    return Synchronizer.named("block-momentum").begin(beginning);
  }

  private float[] values(int seed) {
    CounterRandom random = CounterRandom.of(seed);
    var values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.uniform(i) - 0.5);
    }
    return values;
  }
}
