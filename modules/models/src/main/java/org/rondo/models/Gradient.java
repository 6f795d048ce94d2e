package org.rondo.models;

import org.rondo.kernels.NativeBuffer;

/**
 * A gradient in the layout of its parameters, zero outside {@link #rangeCount ranges} that are
 * known: everything but the embedding rows of ids that the minibatch did not hold.
 */
public final class Gradient {
  private NativeBuffer values;

  /** The whole vector, dense and correct everywhere. */
  public NativeBuffer values() {
    return values;
  }

  /** Number of ranges that may be non-zero; ascending, disjoint. */
  public int rangeCount() {
    return 0;
  }

  /** First element of range {@code i}. */
  public int rangeFrom(int i) {
    return 0;
  }

  /** Elements in range {@code i}. */
  public int rangeLength(int i) {
    return 0;
  }
}
