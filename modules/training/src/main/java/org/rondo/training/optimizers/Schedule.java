package org.rondo.training.optimizers;

/**
 * Learning rates: a pure function of plan, step and the plateau's scale, so that every worker
 * computes the same and a resumed run goes on where it was. {@link StrictMath} throughout: its
 * values are the same interpreted, compiled and on every machine.
 */
public final class Schedule {
  private final UpdatePlan update;
  private final long minibatches;

  /**
   * @param minibatches that each shard trains in the whole run, the length of a cosine
   */
  public Schedule(UpdatePlan update, long minibatches) {
    this.update = update;
    this.minibatches = minibatches;
  }

  /**
   * The rate of one minibatch: {@code learning_rate * warm-up * schedule}.
   *
   * <p>step: {@code factor ^ floor(step / every)}; cosine, after the warm-up: {@code minimum + (1 -
   * minimum) * (1 + cos(pi * progress)) / 2}; plateau: {@code scale}.
   *
   * @param step minibatches per shard that the run trained before, from 0
   * @param scale product of the plateau's drops so far
   * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017</a> for the cosine
   */
  public double rate(long step, double scale) {
    SchedulePlan schedule = update.schedule();
    double warm = step < schedule.warmUp() ? (step + 1) / (double) schedule.warmUp() : 1;
    double share =
        switch (schedule.name()) {
          case SchedulePlan.CONSTANT -> 1;
          case SchedulePlan.STEP -> {
            long drops = step / schedule.every();
            yield StrictMath.pow(schedule.factor(), (double) drops);
          }
          case SchedulePlan.COSINE -> cosine(step);
          case SchedulePlan.PLATEAU -> scale;
          default -> throw new IllegalStateException(schedule.name());
        };
    return update.optimizer().learningRate() * warm * share;
  }

  private double cosine(long step) {
    SchedulePlan schedule = update.schedule();
    long falling = Math.max(1, minibatches - schedule.warmUp());
    double progress = Math.max(0, Math.min(1, (step - schedule.warmUp()) / (double) falling));
    double wave = (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    return schedule.minimum() + (1 - schedule.minimum()) * wave;
  }
}
