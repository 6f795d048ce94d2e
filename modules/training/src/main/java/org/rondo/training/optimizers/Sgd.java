package org.rondo.training.optimizers;

import com.google.auto.service.AutoService;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.Gradient;

/**
 * Plain stochastic gradient descent: {@code p = p - lr * g}. Touches the gradient's ranges alone,
 * so that embedding rows of absent ids cost nothing, unless weights decay: {@code p = p - lr * (g +
 * decay * p)}.
 */
@AutoService(Optimizer.class)
public final class Sgd implements Optimizer {
  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public boolean decaysWeights() {
    return true;
  }

  @Override
  public int slots() {
    return 0;
  }

  @Override
  public void update(Step step) {
    Gradient gradient = step.gradient();
    if (step.plan().weightDecay() > 0) {
      NativeBuffer parameters = step.update().parameters();
      float decay = (float) -(step.update().learningRate() * step.plan().weightDecay());
      step.passes().addScaled(parameters, decay, parameters, 0, parameters.length());
    }
    float factor = -(step.update().learningRate() * step.update().gradientScale());
    for (int i = 0; i < gradient.rangeCount(); i++) {
      step.passes()
          .addScaled(
              gradient.values(),
              factor,
              step.update().parameters(),
              gradient.rangeFrom(i),
              gradient.rangeLength(i));
    }
  }
}
