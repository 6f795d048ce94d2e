package org.rondo.training.optimizers;

import java.io.Serializable;
import org.rondo.kernels.ValueException;

/** How a minibatch's gradient moves the parameters: clipped, by a rule, at a scheduled rate. */
public record UpdatePlan(ClipPlan clip, OptimizerPlan optimizer, SchedulePlan schedule)
    implements Serializable {
  /** The configuration's defaults. */
  public static final UpdatePlan DEFAULT =
      new UpdatePlan(
          ClipPlan.ofNorm(5),
          OptimizerPlan.of("adam", 0.002),
          SchedulePlan.of(SchedulePlan.CONSTANT));

  public UpdatePlan {
    ValueException.unlessGiven("clip", clip);
    ValueException.unlessGiven("optimizer", optimizer);
    ValueException.unlessGiven("schedule", schedule);
  }
}
