package org.rondo.kernels;

/**
 * A planned matrix product of fixed shape, on one thread.
 *
 * <p>Planning and binding may be slow and allocate; {@link Call#run} and {@link Weights#pack} do
 * neither. A B that is used for many products between changes (a weight matrix over the T steps of
 * a sequence) is bound as {@link Weights}: a copy in the layout that this implementation multiplies
 * fastest. Everything is owned by the {@link NativeMemory} that the plan was made with.
 */
public interface Matmul {
  /** What this plan computes. */
  Product product();

  /**
   * A packed copy of B, undefined until its first {@link Weights#pack}.
   *
   * @param source B as the product describes it, of its input type, or float32 whatever that is:
   *     packing then rounds
   */
  Weights weights(NativeBuffer source);

  /**
   * Binds the operands; A of the product's input type, C float32.
   *
   * @param b weights made by a plan with equal k, n, transposeB and inputs of the same provider
   */
  Call bind(NativeBuffer a, Weights b, NativeBuffer c);

  /** Binds the operands, B as it is; A and B of the product's input type, C float32. */
  Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c);

  /** B in the implementation's own layout. */
  interface Weights {
    /** Copies the source's present values. */
    void pack();
  }

  /** One product with its operands. */
  interface Call {
    /** Computes the product from the operands' present values. */
    void run();
  }
}
