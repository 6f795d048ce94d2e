package org.rondo.training.optimizers;

import com.google.auto.service.AutoService;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;

/**
 * Adam with bias correction.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>
 */
@AutoService(Optimizer.class)
public final class Adam implements Optimizer {
  @Override
  public String name() {
    return "adam";
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(Step step) {
    update(step, 0);
  }

  /** Over all parameters. */
  static void update(Step step, double decay) {
    update(step, decay, 0, step.update().parameters().length());
  }

  /**
   * The shared pass of Adam, AdamW and sparse Adam over some of the parameters; corrections in
   * {@link StrictMath}, the same everywhere.
   */
  static void update(Step step, double decay, int from, int count) {
    OptimizerPlan plan = step.plan();
    NativeBuffer first = step.slots().get(0);
    NativeBuffer second = step.slots().get(1);
    var scalars =
        new Elementwise.AdamStep(
            (float) plan.beta1(),
            (float) plan.beta2(),
            (float) plan.epsilon(),
            (float) (1 - StrictMath.pow(plan.beta1(), (double) step.number())),
            (float) (1 - StrictMath.pow(plan.beta2(), (double) step.number())),
            (float) decay);
    step.passes().adam(step.update(), first, second, scalars, from, count);
  }
}
