package org.rondo.training.optimizers;

import com.google.auto.service.AutoService;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;

/**
 * Gradient descent with Nesterov's momentum: {@code v = mu * v + g; p = p - lr * (g + mu * v)}, the
 * form in which the step looks ahead along the velocity and the gradient is taken where the
 * parameters are.
 *
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013</a>
 */
@AutoService(Optimizer.class)
public final class Nesterov implements Optimizer {
  private static final Sgd GRADIENT = new Sgd();

  @Override
  public String name() {
    return "nesterov";
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void update(Step step) {
    float momentum = (float) step.plan().momentum();
    NativeBuffer velocity = step.slots().get(0);
    Elementwise.Update update = step.update();
    var ahead =
        new Elementwise.Update(
            update.parameters(),
            update.gradient(),
            update.learningRate() * momentum,
            update.gradientScale());
    step.passes().momentum(ahead, velocity, momentum, 0, velocity.length());
    GRADIENT.update(step);
  }
}
