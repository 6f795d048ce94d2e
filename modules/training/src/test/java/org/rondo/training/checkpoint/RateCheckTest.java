package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.training.RoundPlan;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;

class RateCheckTest {
  private static final double RATE = 0.002;

  private static TrainingPlan plan(SchedulePlan schedule, double rate, int rounds, int every) {
    TrainingPlan plan = TinyJob.plan(1, "sgd");
    var update = new UpdatePlan(ClipPlan.NONE, OptimizerPlan.of("sgd", rate), schedule);
    return plan.with(p -> p.update(update).rounds(new RoundPlan(rounds, every, 2, 5)));
  }

  private static SchedulePlan cosine(long warmUp, double minimum) {
    return new SchedulePlan(SchedulePlan.COSINE, 1, 1, warmUp, minimum, 1);
  }

  /** After so many rounds of so many minibatches. */
  private static RunState after(int rounds, int minibatches) {
    RunState run = RunState.initial();
    for (int i = 0; i < rounds; i++) {
      run = run.trained(minibatches, 1, 1);
    }
    return run;
  }

  private static List<String> warnings(TrainingPlan plan, RunState run) {
    return RateCheck.warnings(plan, run);
  }

  /** Two rounds of 50 of a cosine over 40; then 5 rounds of 10, whose cosine is long over. */
  @Test
  void aCosineThatHasEndedBeforeTheRunGoesOnIsTold() {
    assertThat(warnings(plan(cosine(0, 0), RATE, 5, 10), after(2, 50)))
        .containsExactly(
            "rounds 3 to 5 learn nothing, or next to nothing: their learning rates are 0.0 and less: the cosine over train.rounds = 5 ends at minibatch 50 of each shard, and these begin at 101; schedule.minimum above 0, another schedule.name or a longer run changes that");
  }

  @Test
  void aCosineThatEndsOnTheWayNamesTheFirstRoundAfterIt() {
    assertThat(warnings(plan(cosine(0, 0), RATE, 10, 10), after(1, 50)))
        .singleElement()
        .asString()
        .startsWith("rounds 7 to 10 learn nothing");
  }

  @Test
  void aCosineThatEndsWithTheRunIsNoReasonToWarn() {
    assertThat(warnings(plan(cosine(0, 0), RATE, 40, 50), after(0, 50))).isEmpty();
    assertThat(warnings(plan(cosine(0, 0), RATE, 40, 50), after(39, 50))).isEmpty();
    assertThat(warnings(plan(cosine(0, 0), RATE, 40, 1), after(39, 1))).isEmpty();
    assertThat(warnings(plan(cosine(0, 0), RATE, 1_000_000, 1), after(0, 1))).isEmpty();
    assertThat(warnings(plan(cosine(0, 0.1), RATE, 5, 10), after(2, 50))).isEmpty();
    assertThat(warnings(plan(SchedulePlan.constant(), RATE, 5, 10), after(2, 50))).isEmpty();
    assertThat(warnings(plan(cosine(0, 0), RATE, 5, 10), after(5, 50))).as("done").isEmpty();
  }

  @Test
  void ratesThatRoundAwayAreTold() {
    var dropping = new SchedulePlan(SchedulePlan.STEP, 1, 0.1, 0, 0, 1);

    assertThat(warnings(plan(SchedulePlan.constant(), 1e-30, 4, 3), after(0, 1)))
        .containsExactly(
            "rounds 1 to 4 learn nothing, or next to nothing: their learning rates are 1.0E-30 and less; optimizer.learning_rate and schedule decide it");
    assertThat(warnings(plan(dropping, RATE, 40, 3), after(0, 1)))
        .singleElement()
        .asString()
        .startsWith("rounds 4 to 40 learn nothing");
    assertThat(warnings(plan(dropping, RATE, 40, 3), after(20, 3)))
        .singleElement()
        .asString()
        .startsWith("rounds 21 to 40 learn nothing");
  }

  @Test
  void aWarmUpThatIsLongerThanTheRunIsTold() {
    assertThat(warnings(plan(cosine(1000, 0), RATE, 4, 3), after(0, 1)))
        .containsExactly(
            "schedule.warm_up = 1000 is longer than the run, which ends after 12 minibatches of each shard: the learning rate only rises, up to 2.4E-5 of optimizer.learning_rate = 0.002");
    assertThat(warnings(plan(cosine(12, 0), RATE, 4, 3), after(0, 1))).isEmpty();
  }
}
