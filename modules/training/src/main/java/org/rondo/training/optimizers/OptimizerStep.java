package org.rondo.training.optimizers;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.Gradient;

/**
 * The step of an {@link UpdatePlan}: clips a gradient and moves parameters along it by the rule.
 */
public final class OptimizerStep {
  private final OptimizerPlan plan;
  private final Optimizer optimizer;
  private final Clipping clipping;
  private final Elementwise passes;

  public OptimizerStep(UpdatePlan plan, Elementwise passes) {
    this.plan = plan.optimizer();
    this.passes = passes;
    optimizer = Optimizer.named(plan.optimizer().name());
    clipping = new Clipping(plan.clip(), passes);
  }

  /** What a step changes. */
  public record Target(NativeBuffer parameters, List<NativeBuffer> slots) {}

  /** Slots that the rule needs. */
  public int slots() {
    return optimizer.slots();
  }

  /**
   * Takes a step.
   *
   * @param gradient cut in place
   * @param norm of the gradient, a finite number
   * @param number from 1 on, of the steps that the slots have seen
   * @return whether the gradient was clipped
   */
  public boolean take(Target target, Gradient gradient, double norm, double rate, long number) {
    Clipping.Clipped clipped = clipping.clip(gradient, norm);
    var update =
        new Elementwise.Update(
            target.parameters(), gradient.values(), (float) rate, clipped.scale());
    optimizer.update(new Optimizer.Step(plan, passes, update, gradient, target.slots(), number));
    return clipped.clipped();
  }
}
