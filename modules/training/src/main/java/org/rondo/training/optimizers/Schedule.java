package org.rondo.training.optimizers;

import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.RunState;

/**
 * Learning rates: a pure function of plan, step and the plateau's scale, so that every worker
 * computes the same and a resumed run goes on where it was. {@link StrictMath} throughout: its
 * values are the same interpreted, compiled and on every machine.
 */
public final class Schedule {
  private Schedule() {}

  /**
   * The rate of one minibatch: {@code learning_rate * warm-up * schedule}.
   *
   * <p>step: {@code factor ^ floor(step / every)}; cosine, after the warm-up: {@code minimum + (1 -
   * minimum) * (1 + cos(pi * progress)) / 2}; plateau: {@code scale}.
   *
   * @param step minibatches per shard that the run trained before, from 0
   * @param scale product of the plateau's drops so far, see {@link RunState}
   * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017</a> for the cosine
   */
  public static double rate(TrainingPlan plan, long step, double scale) {
    SchedulePlan schedule = plan.update().schedule();
    double warm = step < schedule.warmUp() ? (step + 1) / (double) schedule.warmUp() : 1;
    double share =
        switch (schedule.name()) {
          case SchedulePlan.CONSTANT -> 1;
          case SchedulePlan.STEP -> {
            long drops = step / schedule.every();
            yield StrictMath.pow(schedule.factor(), (double) drops);
          }
          case SchedulePlan.COSINE -> cosine(plan, step);
          case SchedulePlan.PLATEAU -> scale;
          default -> throw new IllegalStateException(schedule.name());
        };
    return plan.update().optimizer().learningRate() * warm * share;
  }

  private static double cosine(TrainingPlan plan, long step) {
    SchedulePlan schedule = plan.update().schedule();
    long falling = Math.max(1, plan.minibatches() - schedule.warmUp());
    double progress = Math.max(0, Math.min(1, (step - schedule.warmUp()) / (double) falling));
    double wave = (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    return schedule.minimum() + (1 - schedule.minimum()) * wave;
  }
}
