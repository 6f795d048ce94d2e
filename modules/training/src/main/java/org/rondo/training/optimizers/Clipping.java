package org.rondo.training.optimizers;

import org.rondo.kernels.Elementwise;
import org.rondo.models.parameters.Gradient;

/** Measures gradients and makes them what a {@link ClipPlan} wants. */
public final class Clipping {
  private final ClipPlan plan;
  private final Elementwise passes;

  /** For gradients on this thread. */
  public Clipping(ClipPlan plan, Elementwise passes) {
    this.plan = plan;
    this.passes = passes;
  }

  /**
   * What is still to be done to a gradient.
   *
   * @param scale that the update multiplies it by
   * @param clipped whether it got smaller: an element was cut, or its norm is shortened
   */
  public record Clipped(float scale, boolean clipped) {}

  /** The global Euclidean norm. */
  public double norm(Gradient gradient) {
    double sum = 0;
    for (int i = 0; i < gradient.rangeCount(); i++) {
      sum += passes.sumOfSquares(gradient.values(), gradient.rangeFrom(i), gradient.rangeLength(i));
    }
    return StrictMath.sqrt(sum);
  }

  /**
   * Cuts elements in place; the scale is left to the update, which reads the gradient anyway.
   *
   * @param norm of the gradient as it is, a finite number
   */
  public Clipped clip(Gradient gradient, double norm) {
    boolean cut = plan.value() > 0 && cutElements(gradient);
    float scale = plan.scale(cut ? norm(gradient) : norm);
    return new Clipped(scale, cut || scale < 1);
  }

  private boolean cutElements(Gradient gradient) {
    boolean cut = false;
    for (int i = 0; i < gradient.rangeCount(); i++) {
      cut |=
          passes.clip(
              gradient.values(),
              (float) plan.value(),
              gradient.rangeFrom(i),
              gradient.rangeLength(i));
    }
    return cut;
  }
}
