package org.rondo.training.optimizers;

import com.google.auto.service.AutoService;

/**
 * Adam over what the minibatch has a gradient of: the embeddings of tokens that it does not hold
 * stay as they are, and so do their moments, so that a step of a large vocabulary costs what its
 * tokens do. Moments of rare tokens decay once per minibatch that holds them, not once per
 * minibatch, which gives them longer steps than {@link Adam}'s.
 */
@AutoService(Optimizer.class)
public final class SparseAdam implements Optimizer {
  /** Its name. */
  public static final String NAME = "sparse-adam";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(Step step) {
    for (int i = 0; i < step.gradient().rangeCount(); i++) {
      Adam.update(step, 0, step.gradient().rangeFrom(i), step.gradient().rangeLength(i));
    }
  }
}
