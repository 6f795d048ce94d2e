package org.rondo.training.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Score;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.sync.GrowthPlan;
import org.rondo.training.sync.SyncPlan;

class ScheduleTest {
  /** 10 rounds of 10 minibatches at a rate of 0.2. */
  private static TrainingPlan plan(SchedulePlan schedule) {
    return TrainingPlan.defaults()
        .with(p -> p.rounds(10).minibatches(10).optimizer("sgd", 0.2).schedule(schedule));
  }

  private static double rate(SchedulePlan schedule, long step) {
    return plan(schedule).schedule().rate(step, 1);
  }

  private static List<Score> loss(double value) {
    return List.of(new Score("loss", value, false));
  }

  @Test
  void constantStays() {
    assertThat(rate(SchedulePlan.constant(), 0)).isEqualTo(0.2);
    assertThat(rate(SchedulePlan.constant(), 99)).isEqualTo(0.2);
  }

  @Test
  void stepDropsAfterEverySoManyMinibatches() {
    var schedule = new SchedulePlan("step", 30, 0.5, 0, 0, 1);

    assertThat(rate(schedule, 29)).isEqualTo(0.2);
    assertThat(rate(schedule, 30)).isEqualTo(0.1);
    assertThat(rate(schedule, 90)).isEqualTo(0.025);
  }

  @Test
  void warmUpRisesLinearlyFromTheFirstMinibatch() {
    var schedule = new SchedulePlan("constant", 1, 1, 4, 0, 1);

    assertThat(rate(schedule, 0)).isEqualTo(0.05);
    assertThat(rate(schedule, 1)).isEqualTo(0.1);
    assertThat(rate(schedule, 3)).isEqualTo(0.2);
    assertThat(rate(schedule, 4)).isEqualTo(0.2);
  }

  @Test
  void cosineFallsFromTheEndOfTheWarmUpToItsMinimum() {
    var schedule = new SchedulePlan("cosine", 1, 1, 20, 0.1, 1);

    assertThat(rate(schedule, 20)).isEqualTo(0.2);
    assertThat(rate(schedule, 60)).isCloseTo(0.2 * 0.55, within(1e-15));
    assertThat(rate(schedule, 100)).isCloseTo(0.02, within(1e-15));
    for (int step = 20; step < 99; step++) {
      assertThat(rate(schedule, step + 1)).isLessThan(rate(schedule, step));
    }
  }

  /** 10, 15, 22, 30, 30 ... minibatches: 257 in all. */
  @Test
  void cosineEndsWithTheLastMinibatchOfRoundsThatGrow() {
    var schedule = new SchedulePlan("cosine", 1, 1, 0, 0, 1);
    TrainingPlan growing =
        plan(schedule).with(p -> p.sync(SyncPlan.AVERAGE.withGrowth(new GrowthPlan(1.5, 30))));

    assertThat(growing.minibatches()).isEqualTo(10 + 15 + 22 + 7 * 30);
    assertThat(growing.schedule().rate(257, 1)).isCloseTo(0, within(1e-15));
    assertThat(growing.schedule().rate(256, 1)).isPositive();
  }

  @Test
  void plateauDropsAfterItsPatienceAndStopsAtItsMinimum() {
    var schedule = new SchedulePlan("plateau", 1, 0.5, 0, 0.2, 2);
    RunState run = RunState.initial().trained(1, 1, 1).evaluated(loss(3.0), plan(schedule));
    assertThat(run.foundBest()).isTrue();

    double[] losses = {3.1, 3.0, 3.2, 2.9, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0};
    double[] scales = {1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2, 0.2};
    for (int i = 0; i < losses.length; i++) {
      run = run.trained(1, 1, 1).evaluated(loss(losses[i]), plan(schedule));
      assertThat(run.learningRateScale()).as("after loss %d", i).isEqualTo(scales[i]);
    }
    assertThat(plan(schedule).schedule().rate(50, run.learningRateScale()))
        .isCloseTo(0.04, within(1e-15));
  }

  @Test
  void earlyStoppingCountsEvaluationsSinceTheBest() {
    var patient = new EvaluationPlan(1, 1, 1, 2);
    RunState run =
        RunState.initial().trained(1, 1, 1).evaluated(loss(3.0), plan(SchedulePlan.constant()));
    run = run.trained(1, 1, 1).evaluated(loss(3.0), plan(SchedulePlan.constant()));
    assertThat(run.exhausted(patient)).isFalse();

    run = run.trained(1, 1, 1).evaluated(loss(3.5), plan(SchedulePlan.constant()));
    assertThat(run.exhausted(patient)).isTrue();
    assertThat(run.exhausted(new EvaluationPlan(1, 1, 1, 0))).isFalse();
    assertThat(run.bestRound()).isEqualTo(1);
  }

  /** Two evaluations without a better one, then the mean of each round after them. */
  @Test
  void averagingBeginsAfterItsPatienceAndGoesOn() {
    TrainingPlan averaging =
        plan(SchedulePlan.constant())
            .with(p -> p.evaluation(new EvaluationPlan(1, 1, 1, 0, "", 2)));
    RunState run = RunState.initial();
    double[] losses = {3, 2.9, 3, 2.9, 2.5, 2.6, 2.6};
    int[] averaged = {0, 0, 0, 0, 1, 2, 3};
    for (int i = 0; i < losses.length; i++) {
      run = run.trained(1, 1, 1);
      assertThat(run.averagedRounds()).as("round %d", i + 1).isEqualTo(averaged[i]);
      run = run.evaluated(loss(losses[i]), averaging);
    }
  }

  @Test
  void whetherAScoreIsBetterDependsOnItsMetric() {
    SchedulePlan schedule = new SchedulePlan("plateau", 1, 0.5, 0, 0, 1);
    RunState run = RunState.initial();
    double[] accuracies = {0.25, Double.NaN, 0.5, 0.25};
    int[] best = {1, 1, 3, 3};
    double[] scales = {1, 0.5, 0.5, 0.25};

    for (int i = 0; i < accuracies.length; i++) {
      List<Score> scores =
          List.of(new Score("accuracy", accuracies[i], true), new Score("loss", 1, false));
      run = run.trained(1, 1, 1).evaluated(scores, plan(schedule));
      assertThat(run.bestRound()).as("after accuracy %d", i).isEqualTo(best[i]);
      assertThat(run.learningRateScale()).as("after accuracy %d", i).isEqualTo(scales[i]);
    }
    assertThat(run.bestScore()).isEqualTo(0.5);
    assertThat(run.bestScores()).extracting(Score::name).containsExactly("accuracy", "loss");
  }
}
