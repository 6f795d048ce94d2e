package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.sync.GrowthPlan;
import org.rondo.training.sync.OuterPlan;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.workspace.KernelPlan;

class PlanTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 5, 1, 1",
    "1, 0, 5, 11, 3",
    "2, 8, 2, 14, 3",
    "2, 8, 2, 15, 4",
    "2, 8, 2, 30, 5"
  })
  void roundsAreTheFewestThatTrainSoManyMinibatches(
      double factor, int maximum, int first, long minibatches, int rounds) {
    var growth = new GrowthPlan(factor, maximum);

    assertThat(growth.rounds(first, minibatches)).isEqualTo(rounds);
    assertThat(growth.total(first, rounds)).isGreaterThanOrEqualTo(minibatches);
    assertThat(growth.total(first, rounds - 1)).isLessThan(minibatches);
  }

  static Stream<Arguments> badPlans() {
    return Stream.of(
        bad(() -> plan(0, 1), "shards = 0: must be from 1 to 1000000"),
        bad(() -> plan(1, 0), "train.rounds = 0: must be >= 1"),
        bad(
            () -> ClipPlan.ofNorm(Double.NaN),
            "train.clip_norm = NaN: must be a float32 >= 0 (0 = off)"),
        bad(
            () -> new ClipPlan(0, -1, 0),
            "train.clip_value = -1.0: must be a float32 >= 0 (0 = off)"),
        bad(
            () -> new ClipPlan(5, 0, 2),
            "train.scale_norm = 2.0: gives every gradient that norm, so train.clip_norm = 5.0 would"
                + " mean nothing: set one of them to 0"),
        bad(
            () -> OptimizerPlan.of("sgd", -1),
            "optimizer.learning_rate = -1.0: must be a float32 above 0"),
        bad(
            () -> new OptimizerPlan("adam", 1, 0, 1, 0, 1e-8, 0),
            "optimizer.beta1 = 1.0: must be in [0,1) as a float32"),
        bad(
            () -> new OptimizerPlan("adam", 1, 0, 0, 0, 1e-8, 0.1),
            "optimizer.weight_decay = 0.1: only adamw and sgd decay weights, optimizer.name is adam"),
        bad(
            () -> new SchedulePlan("linear", 1, 1, 0, 0, 1),
            "schedule.name = linear: no such schedule; there are"
                + " [constant, step, cosine, plateau]"),
        bad(
            () -> new SchedulePlan("step", 1, 0, 0, 0, 1),
            "schedule.factor = 0.0: must be above 0 and <= 1"),
        bad(
            () -> new EvaluationPlan(1, 10, 4, 0),
            "evaluate.batch = 4: must divide evaluate.streams = 10"),
        bad(
            () -> SyncPlan.of("mean", 2),
            "sync.name = mean: no such synchronizer; there are"
                + " [average, block-momentum, gradient, none]"),
        bad(() -> new OuterPlan(1, 1, true), "sync.momentum = 1.0: must be auto or in [0,1)"),
        bad(
            () -> new OuterPlan(0.5, 0, true),
            "sync.learning_rate = 0.0: must be a float32 above 0"),
        bad(
            () -> SlotPolicy.named("mix"),
            "sync.slots = mix: must be one of [keep, average, reset]"),
        bad(
            () -> SyncPlan.of("gradient", 2).withSlots(SlotPolicy.AVERAGE),
            "sync.slots = average: with sync.name = gradient shards exchange no parameters, so"
                + " their slots can only be kept: set it to keep"),
        bad(() -> SyncPlan.AVERAGE.withWarmUp(-1), "sync.warm_up = -1: must be >= 0 rounds"),
        bad(
            () -> new GrowthPlan(0.9, 9),
            "sync.growth = 0.9: must be 1 (all rounds alike) or at least 1.0001"),
        bad(
            () ->
                TinyJob.plan(1, "sgd")
                    .with(p -> p.sync(SyncPlan.AVERAGE.withGrowth(new GrowthPlan(2, 1)))),
            "sync.growth = 2.0: needs sync.maximum >= train.sync_every = 3, which is 1"),
        bad(
            () -> TinyJob.plan(2, "sgd").with(p -> p.sync(SyncPlan.AVERAGE.withWarmUp(4))),
            "sync.warm_up = 4: must be below train.rounds = 4, or only the first shard would ever"
                + " train"),
        bad(
            () -> TinyJob.plan(2, "sparse-adam").with(p -> p.sync(SyncPlan.of("gradient", 2))),
            "optimizer.name = sparse-adam: with sync.name = gradient the mean of the shards'"
                + " gradients has no tokens left out, so it would be adam: set it to that"),
        bad(
            () ->
                TrainingPlan.defaults().with(p -> p.varied(true).sync(SyncPlan.of("gradient", 2))),
            "train.vary_unroll = true: gives each minibatch a learning rate of its own, and with"
                + " sync.name = gradient all of a round share one step: set it to false"),
        bad(() -> new CheckpointPlan(1, 0, 0), "checkpoint.keep = 0: must be >= 1"),
        bad(() -> new CheckpointPlan(1, 1, -1), "checkpoint.retries = -1: must be from 0 to 1000"),
        bad(
            () -> new OptimizerPlan("adam", 1, 0, 0, 0, 1e-300, 0),
            "optimizer.epsilon = 1.0E-300: must be a float32 above 0"),
        bad(
            () -> new OptimizerPlan("adam", 1, 0, 0, 1 - 1e-12, 1e-8, 0),
            "optimizer.beta2 = 0.999999999999: must be in [0,1) as a float32"),
        bad(
            () -> new OptimizerPlan(null, 1, 0, 0, 0, 1e-8, 0),
            "optimizer.name = null: no such optimizer; there are"
                + " [adam, adamw, momentum, nesterov, sgd, sparse-adam]"),
        bad(() -> new DataPlan(null, 1, 1), "data.order = null: must be given"),
        bad(() -> KernelPlan.of("half"), "precision = half: must be float32, bfloat16 or auto"));
  }

  @ParameterizedTest
  @MethodSource("badPlans")
  void badValueIsRefusedByKeyAndValue(ThrowingCallable plan, String message) {
    assertThatThrownBy(plan).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void roundsGrowToTheirMaximum() {
    TrainingPlan plan =
        TinyJob.plan(1, "sgd")
            .with(p -> p.sync(SyncPlan.AVERAGE.withGrowth(new GrowthPlan(1.4, 9))));

    // 3, 4.2, 5.88, 8.232, 11.5 ...
    assertThat(IntStream.rangeClosed(1, 6).map(plan::minibatches))
        .containsExactly(3, 4, 5, 8, 9, 9);
    assertThat(plan.with(p -> p.rounds(1_000_000)).minibatches())
        .isEqualTo(3 + 4 + 5 + 8 + 999_996L * 9);
    assertThat(TinyJob.plan(1, "sgd").minibatches()).isEqualTo(4 * 3);
  }

  @Test
  void autoIsDecidedAndWhatWasAskedForIsNot() {
    assertThat(KernelPlan.of("auto").decided(true)).isEqualTo(KernelPlan.of("bfloat16"));
    assertThat(KernelPlan.of("auto").decided(false)).isEqualTo(KernelPlan.of("float32"));
    assertThat(KernelPlan.of("bfloat16").decided(false).elementType())
        .isEqualTo(ElementType.BFLOAT16);
    assertThat(KernelPlan.of("float32").decided(true).elementType()).isEqualTo(ElementType.FLOAT32);
    assertThatThrownBy(() -> KernelPlan.of("auto").elementType())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bfloat16WithoutProductsOfItIsToldToBeSlow() {
    assertThat(new KernelPlan("java", "auto", "bfloat16", false).slowPrecision())
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("precision = bfloat16 is slower here than float32: java (plain"));
    assertThat(new KernelPlan("java", "auto", "auto", false).decided(false).slowPrecision())
        .isEmpty();
  }

  private static Arguments bad(ThrowingCallable plan, String message) {
    return Arguments.of(plan, message);
  }

  private static TrainingPlan plan(int shards, int rounds) {
    TrainingPlan plan = TinyJob.plan(shards, "sgd");
    return plan.with(p -> p.rounds(rounds));
  }
}
