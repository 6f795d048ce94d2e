package org.rondo.training;

import java.io.Serializable;

/** How a minibatch's gradient moves the parameters: clipped, by a rule, at a scheduled rate. */
public record UpdatePlan(ClipPlan clip, OptimizerPlan optimizer, SchedulePlan schedule)
    implements Serializable {
  /** The same but for the rule. */
  public UpdatePlan withOptimizer(OptimizerPlan optimizer) {
    return new UpdatePlan(clip, optimizer, schedule);
  }
}
