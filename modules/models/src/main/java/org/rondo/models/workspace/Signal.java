package org.rondo.models.workspace;

import org.rondo.kernels.NativeBuffer;

/**
 * What flows between two layers: values upwards, their gradient downwards.
 *
 * @param values {@code (T,B,width)}, written by the lower layer
 * @param operand the same as products read them, written by the lower layer too: in float32 the
 *     same buffer, in bfloat16 a rounded copy
 * @param gradient {@code (T,B,width)}, overwritten by the upper layer's backward pass; the lower
 *     layer may add to it
 * @param learns whether the gradient is of use: the upper layer need not write it where nothing
 *     below has parameters
 */
public record Signal(
    NativeBuffer values, NativeBuffer operand, NativeBuffer gradient, int width, boolean learns) {
  /** Whose gradient is of use. */
  public Signal(NativeBuffer values, NativeBuffer operand, NativeBuffer gradient, int width) {
    this(values, operand, gradient, width, true);
  }

  /** The same, of data: its gradient is of no use. */
  public Signal ofData() {
    return new Signal(values, operand, gradient, width, false);
  }
}
