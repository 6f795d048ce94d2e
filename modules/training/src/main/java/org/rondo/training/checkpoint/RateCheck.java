package org.rondo.training.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.Schedule;
import org.rondo.training.optimizers.SchedulePlan;

/** Whether the learning rates of the rounds to come let a run learn anything. */
public final class RateCheck {
  /** Of a weight's usual size, float32 keeps no step that is smaller. */
  private static final double NOTHING = 1e-12;

  /** Of the rate that was configured. */
  private static final double NEARLY_NOTHING = 1e-7;

  private final TrainingPlan plan;
  private final Schedule schedule;
  private final double scale;
  private final long from;
  private final long to;

  private RateCheck(TrainingPlan plan, RunState run) {
    this.plan = plan;
    schedule = plan.schedule();
    scale = run.learningRateScale();
    from = run.minibatches();
    to = from + minibatches(run.round() + 1, plan.rounds().count());
  }

  /**
   * Sentences that the user should read before the run begins or goes on.
   *
   * @param run so far; its next minibatch is number {@link RunState#minibatches}, from 0
   */
  public static List<String> warnings(TrainingPlan plan, RunState run) {
    var check = new RateCheck(plan, run);
    var warnings = new ArrayList<String>();
    if (check.to > check.from) {
      check.warnOfNothing(run.round(), warnings);
      check.warnOfWarmUp(warnings);
    }
    return warnings;
  }

  private void warnOfNothing(int done, List<String> warnings) {
    int rounds = plan.rounds().count();
    if (isNothing(from)) {
      warnings.add(nothing(done + 1, from));
    } else if (isNothing(to - minibatches(rounds, rounds))) {
      int round = firstWithoutRate(done);
      warnings.add(nothing(round, to - minibatches(round, rounds)));
    }
  }

  /** By halving: rates that have come down to nothing stay there. */
  private int firstWithoutRate(int done) {
    int rounds = plan.rounds().count();
    int low = done + 2;
    int high = rounds;
    while (low < high) {
      int middle = low + (high - low) / 2;
      if (isNothing(to - minibatches(middle, rounds))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private String nothing(int round, long step) {
    String why =
        isCosine()
            ? String.format(
                Locale.ROOT,
                ": the cosine over train.rounds = %d ends at minibatch %d of each shard, and these begin at %d; schedule.minimum above 0, another schedule.name or a longer run changes that",
                plan.rounds().count(),
                plan.minibatches(),
                step + 1)
            : "; optimizer.learning_rate and schedule decide it";
    return String.format(
        Locale.ROOT,
        "rounds %d to %d learn nothing, or next to nothing: their learning rates are %s and less%s",
        round,
        plan.rounds().count(),
        greatest(step),
        why);
  }

  private void warnOfWarmUp(List<String> warnings) {
    long warmUp = plan.update().schedule().warmUp();
    if (warmUp > to) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "schedule.warm_up = %d is longer than the run, which ends after %s of each shard: the learning rate only rises, up to %s of optimizer.learning_rate = %s",
              warmUp,
              Counted.of(to, "minibatch", "minibatches"),
              schedule.rate(to - 1, scale),
              plan.update().optimizer().learningRate()));
    }
  }

  /**
   * Whether rates are nothing from that minibatch on; the end of a cosine is meant to be little.
   */
  private boolean isNothing(long step) {
    double configured = plan.update().optimizer().learningRate();
    if (isCosine() && step < plan.minibatches()) {
      return configured < NOTHING;
    }
    return greatest(step) < Math.max(NOTHING, NEARLY_NOTHING * configured);
  }

  private boolean isCosine() {
    return plan.update().schedule().name().equals(SchedulePlan.COSINE);
  }

  /** The greatest rate from that minibatch on: rates rise until the warm-up ends, then fall. */
  private double greatest(long step) {
    long top = Math.max(step, Math.min(to - 1, plan.update().schedule().warmUp()));
    return Math.max(
        schedule.rate(top, scale),
        Math.max(schedule.rate(step, scale), schedule.rate(to - 1, scale)));
  }

  /** Per shard, in rounds {@code first} to {@code last}. */
  private long minibatches(int first, int last) {
    return first > last
        ? 0
        : plan.sync().growth().total(plan.rounds().syncEvery(), last)
            - plan.sync().growth().total(plan.rounds().syncEvery(), first - 1);
  }
}
