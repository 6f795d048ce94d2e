package org.rondo.models.cells;

import org.rondo.kernels.NativeBuffer;

/**
 * The projected input of a {@link Cell}, and its gradient as products read it.
 *
 * @param values {@code (T,B,G)}: the projected input when {@link Recurrence#forward} is called; the
 *     cell's own afterwards
 * @param gradient {@code (T,B,G)}, an operand: the gradient of the projection when {@link
 *     Recurrence#backward} returns; in float32 the same buffer as {@code values}
 */
public record Projection(NativeBuffer values, NativeBuffer gradient) {
  /** Whether the gradient belongs where the values are. */
  public boolean inPlace() {
    return values == gradient;
  }
}
