package org.rondo.models.workspace;

import org.rondo.kernels.Matmul;

/** A weight matrix packed for its products, packed anew only after its values have changed. */
public final class PackedWeight {
  private final WeightOperand source;
  private final Matmul.Weights weights;
  private long packed = -1;

  PackedWeight(WeightOperand source, Matmul plan) {
    this.source = source;
    this.weights = plan.weights(source.values());
  }

  /** What products are bound to. */
  public Matmul.Weights weights() {
    return weights;
  }

  /** Packs if the values changed since the last time; to be called before each use. */
  public void refresh() {
    source.refresh();
    if (packed != source.version()) {
      weights.pack();
      packed = source.version();
    }
  }
}
