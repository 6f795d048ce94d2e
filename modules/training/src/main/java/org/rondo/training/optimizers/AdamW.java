package org.rondo.training.optimizers;

import com.google.auto.service.AutoService;

/**
 * Adam with decoupled weight decay: {@code p = p - lr * decay * p} beside Adam's step.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019</a>
 */
@AutoService(Optimizer.class)
public final class AdamW implements Optimizer {
  static final String NAME = "adamw";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean decaysWeights() {
    return true;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(Step step) {
    Adam.update(step, step.plan().weightDecay());
  }
}
