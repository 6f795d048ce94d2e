package org.rondo.kernels;

/**
 * Passes of attention: of some rows, such as what a decoder asks at one step, over the memories of
 * B sequences, such as the outputs of an encoder. Row r belongs to sequence {@code r % B}; of each
 * memory the first {@code lengths[b]} of T steps count.
 */
public interface AttentionPasses {
  /**
   * The operands of sums of products.
   *
   * @param memory {@code (T,B,W)}
   * @param rows {@code (R,W)}
   * @param weights {@code (R,T)}: those behind a sequence's length are neither read nor written
   * @param width W
   */
  record Attended(NativeBuffer memory, NativeBuffer rows, NativeBuffer weights, int width) {
    /** T, of that many rows. */
    int steps() {
      return weights.length() / (rows.length() / width);
    }
  }

  /**
   * {@code weights(r,t) = sum over j of rows(r,j) * memory(t,b,j)}.
   *
   * @param rows how many, from the first on
   */
  void memoryProducts(Attended attended, int rows, int[] lengths);

  /** {@code rows(r) = sum over t of weights(r,t) * memory(t,b)}, in the order of t. */
  void memorySums(Attended attended, int rows, int[] lengths);

  /** {@code memory(t,b) += sum over r of weights(r,t) * rows(r)}, in the order of r. */
  void addToMemory(Attended attended, int rows, int[] lengths);

  /**
   * The operands of additive scores.
   *
   * @param keys {@code (T,B,W)}
   * @param queries {@code (R,W)}
   * @param vector {@code (W)}
   * @param scores {@code (R,T)}: those behind a sequence's length are neither read nor written
   */
  record Additive(
      NativeBuffer keys, NativeBuffer queries, NativeBuffer vector, NativeBuffer scores) {}

  /** {@code scores(r,t) = sum over j of vector(j) * tanh(keys(t,b,j) + queries(r,j))}. */
  void additiveScores(Additive additive, int rows, int[] lengths);

  /**
   * Backward of {@link #additiveScores}, with u the hyperbolic tangent and ds the gradient of the
   * score, which stands in the scores' place: {@code dz = ds * vector * (1 - u^2)}.
   *
   * @param gradients of keys, to which dz is added, of queries, which is overwritten by their sums
   *     of dz, and of the vector, to which {@code ds * u} is added
   */
  void additiveGradients(Additive additive, Additive gradients, int rows, int[] lengths);
}
