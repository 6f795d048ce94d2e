package org.rondo.models.workspace;

import java.util.function.Supplier;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;

/**
 * A plan that is made, and weights that are packed, only for products whose operands all have
 * memory: in a network for evaluation those of the forward pass. Layers describe their backward
 * pass to it as in training; nothing of that is planned, allocated or packed.
 */
final class DeferredMatmul implements Matmul {
  private final Product product;
  private final Supplier<Matmul> planning;
  private Matmul plan;

  /**
   * @param planning makes the plan, once
   */
  DeferredMatmul(Product product, Supplier<Matmul> planning) {
    this.product = product;
    this.planning = planning;
  }

  private Matmul plan() {
    if (plan == null) {
      plan = planning.get();
    }
    return plan;
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public Weights weights(NativeBuffer source) {
    return new DeferredWeights(source);
  }

  @Override
  public Call bind(NativeBuffer a, Weights b, NativeBuffer c) {
    boolean runs = !a.isPlaceholder() && !c.isPlaceholder();
    return runs ? plan().bind(a, ((DeferredWeights) b).weights(), c) : this::refuse;
  }

  @Override
  public Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    boolean runs = !a.isPlaceholder() && !b.isPlaceholder() && !c.isPlaceholder();
    return runs ? plan().bind(a, b, c) : this::refuse;
  }

  private void refuse() {
    throw new IllegalStateException(product + ": an operand has no memory");
  }

  /** Packed only if a product that runs reads them. */
  private final class DeferredWeights implements Weights {
    private final NativeBuffer source;
    private Weights weights;

    DeferredWeights(NativeBuffer source) {
      this.source = source;
    }

    private Weights weights() {
      if (weights == null) {
        weights = plan().weights(source);
      }
      return weights;
    }

    @Override
    public void pack() {
      weights().pack();
    }
  }
}
