package org.rondo.training.optimizers;

import java.io.Serializable;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * How the learning rate moves; see {@link Schedule}. Schedules ignore numbers that they do not
 * have.
 *
 * @param name {@code constant}, {@code step}, {@code cosine} or {@code plateau}
 * @param every minibatches per shard between two drops of {@code step}, at least 1
 * @param factor multiplied at each drop of {@code step} and {@code plateau}, in (0,1]
 * @param warmUp minibatches per shard over which the rate of any schedule rises linearly; 0 = none
 * @param minimum share of the learning rate at which {@code cosine} and {@code plateau} end, in
 *     [0,1]
 * @param patience evaluations without improvement before {@code plateau} drops, at least 1
 */
public record SchedulePlan(
    String name, long every, double factor, long warmUp, double minimum, int patience)
    implements Serializable {
  /** The rate stays. */
  public static final String CONSTANT = "constant";

  /** The rate drops by a factor every so many minibatches. */
  public static final String STEP = "step";

  /** The rate falls along half a cosine until the last minibatch. */
  public static final String COSINE = "cosine";

  /** The rate drops by a factor when the validation loss stops falling. */
  public static final String PLATEAU = "plateau";

  private static final List<String> NAMES = List.of(CONSTANT, STEP, COSINE, PLATEAU);

  public SchedulePlan {
    ValueException.unless(
        name != null && NAMES.contains(name),
        "schedule.name",
        name,
        "no such schedule; there are " + NAMES);
    ValueException.unless(every >= 1, "schedule.every", every, "must be >= 1 minibatch");
    ValueException.unless(
        factor > 0 && factor <= 1, "schedule.factor", factor, "must be above 0 and <= 1");
    ValueException.unless(warmUp >= 0, "schedule.warm_up", warmUp, "must be >= 0 minibatches");
    ValueException.unless(
        minimum >= 0 && minimum <= 1, "schedule.minimum", minimum, "must be in [0,1]");
    ValueException.unless(patience >= 1, "schedule.patience", patience, "must be >= 1 evaluation");
  }

  /**
   * The schedule of that name with the configuration's other defaults: drops by half, every 1,000
   * minibatches or after 2 evaluations without improvement, down to 0; no warm-up.
   */
  public static SchedulePlan of(String name) {
    return new SchedulePlan(name, 1000, 0.5, 0, 0, 2);
  }

  /** The same after a linear rise over so many minibatches per shard. */
  public SchedulePlan withWarmUp(long minibatches) {
    return new SchedulePlan(name, every, factor, minibatches, minimum, patience);
  }

  /** The rate stays, from the first minibatch on. */
  public static SchedulePlan constant() {
    return of(CONSTANT);
  }
}
