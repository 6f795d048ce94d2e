package org.rondo.models.parameters;

import org.rondo.kernels.NativeBuffer;

/**
 * A gradient in the layout of its parameters, zero outside {@link #rangeCount ranges} that are
 * known: everything but the embedding rows of ids that the minibatch did not hold.
 */
public final class Gradient {
  private final NativeBuffer values;
  private final int[] from;
  private final int[] length;
  private int count;

  public Gradient(NativeBuffer values, int maximumRanges) {
    this.values = values;
    this.from = new int[maximumRanges];
    this.length = new int[maximumRanges];
  }

  /** A gradient that may be non-zero everywhere. */
  public static Gradient dense(NativeBuffer values) {
    var gradient = new Gradient(values, 1);
    gradient.add(0, values.length());
    return gradient;
  }

  /** The whole vector, dense and correct everywhere. */
  public NativeBuffer values() {
    return values;
  }

  /** Number of ranges that may be non-zero; ascending, disjoint. */
  public int rangeCount() {
    return count;
  }

  /** First element of range {@code i}. */
  public int rangeFrom(int i) {
    return from[i];
  }

  /** Elements in range {@code i}. */
  public int rangeLength(int i) {
    return length[i];
  }

  public void clearRanges() {
    count = 0;
  }

  /** Appends a range behind those that are there. */
  public void add(int first, int elements) {
    from[count] = first;
    length[count] = elements;
    count++;
  }
}
