package org.rondo.training.optimizers;

import com.google.auto.service.AutoService;
import org.rondo.kernels.NativeBuffer;

/**
 * Gradient descent with momentum (Polyak 1964): {@code v = mu * v + g; p = p - lr * v}. A parameter
 * without gradient still follows its velocity.
 */
@AutoService(Optimizer.class)
public final class Momentum implements Optimizer {
  @Override
  public String name() {
    return "momentum";
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void update(Step step) {
    NativeBuffer velocity = step.slots().get(0);
    step.passes()
        .momentum(step.update(), velocity, (float) step.plan().momentum(), 0, velocity.length());
  }
}
