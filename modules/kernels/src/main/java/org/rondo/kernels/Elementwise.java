package org.rondo.kernels;

/**
 * Element-wise passes and row reductions, on one thread. Every implementation gives the same bits:
 * the same polynomials of add, multiply and fma per element, and sums over sixteen interleaved
 * float32 partial sums that are added in index order.
 *
 * <p>Buffers are float32, row-major; shapes are in the method comments. Found by {@link
 * java.util.ServiceLoader} through {@link ElementwiseProvider}.
 */
public interface Elementwise extends GatePasses, RowPasses, ChainPasses, AttentionPasses {
  /**
   * The buffers of a softmax over rows of logits.
   *
   * @param logits {@code (rows,classes)}, without bias; used up
   * @param bias {@code (classes)}
   * @param gradient {@code (rows,classes)}, in the element type of products' inputs; in float32 the
   *     logits themselves
   * @param biasGradient {@code (classes)}: each row's gradient is added, in row order
   */
  record SoftmaxRows(
      NativeBuffer logits, NativeBuffer bias, NativeBuffer gradient, NativeBuffer biasGradient) {}

  /**
   * Softmax with cross entropy over each row of {@code logits + bias}, and its gradient {@code
   * (softmax - onehot(target)) * scale}. A row whose target is negative counts nothing and gets a
   * zero gradient.
   *
   * @param targets classes of the rows, read from {@code targets[from..from+count)}
   * @param count rows
   * @return the sum over counted rows of -log p(target), in nats
   */
  default double softmaxCrossEntropy(
      SoftmaxRows rows, int[] targets, int from, int count, float scale) {
    return softmaxCrossEntropy(rows, targets, from, count, scale, 0f);
  }

  /**
   * As {@link #softmaxCrossEntropy(SoftmaxRows, int[], int, int, float)} against smoothed targets:
   * the right class has the probability {@code 1 - smoothing}, and {@code smoothing} is spread
   * evenly over all classes.
   *
   * @return the sum over counted rows of the cross entropy, in nats
   */
  double softmaxCrossEntropy(
      SoftmaxRows rows, int[] targets, int from, int count, float scale, float smoothing);

  /**
   * As {@link #softmaxCrossEntropy} without gradient, adding each row's -log p(target), in nats, to
   * {@code sums[(from + row) % sums.length]}: with time-major rows and {@code sums} of length B, a
   * sum per sequence.
   *
   * @param logits {@code (rows,classes)}; may be overwritten
   */
  void crossEntropy(
      NativeBuffer logits, NativeBuffer bias, int[] targets, int from, int rows, double[] sums);

  /**
   * {@code y[i] = x[i] / keep} where element i is kept, else 0; which are kept depends on {@code
   * key} and i alone.
   */
  void dropout(NativeBuffer x, NativeBuffer y, float keep, long key);

  /**
   * Cuts {@code x[from..from+count)} to {@code [-limit, limit]} in place; NaN stays NaN.
   *
   * @param limit above 0
   * @return whether an element was changed
   */
  boolean clip(NativeBuffer x, float limit, int from, int count);

  /** Sum of squares of {@code x[from..from+count)}. */
  double sumOfSquares(NativeBuffer x, int from, int count);

  /** {@code y[i] = x[i]*factor + y[i]} (one rounding) for i in {@code [from, from+count)}. */
  void addScaled(NativeBuffer x, float factor, NativeBuffer y, int from, int count);

  /**
   * SGD with momentum (as PyTorch: dampening 0), over {@code [from, from+count)}: {@code v = mu*v +
   * s*g; p = p - lr*v}.
   */
  void momentum(Update update, NativeBuffer velocity, float momentum, int from, int count);

  /**
   * Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), over {@code [from,
   * from+count)}: {@code m = b1*m + (1-b1)*s*g; v = b2*v + (1-b2)*(s*g)^2; p = p - lr*decay*p -
   * lr/c1 * m / (sqrt(v/c2) + eps)} with {@code c1 = 1-b1^t, c2 = 1-b2^t}.
   */
  void adam(
      Update update, NativeBuffer first, NativeBuffer second, AdamStep adam, int from, int count);

  /**
   * Parameters and gradient of an optimizer's pass.
   *
   * @param gradientScale s, multiplied to each gradient first (clipping)
   */
  record Update(
      NativeBuffer parameters, NativeBuffer gradient, float learningRate, float gradientScale) {}

  /**
   * The scalars of one Adam step.
   *
   * @param correction1 c1 = 1 - beta1^t
   * @param correction2 c2 = 1 - beta2^t
   * @param decay decoupled weight decay; 0 for Adam
   */
  record AdamStep(
      float beta1, float beta2, float epsilon, float correction1, float correction2, float decay) {}

  /** Rounds float32 to bfloat16, to nearest, ties to even; {@code to} has {@code from}'s length. */
  void toBfloat16(NativeBuffer from, NativeBuffer to);
}
