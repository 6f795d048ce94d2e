package org.rondo.kernels;

import java.util.Locale;

/**
 * What a {@link Matmul} computes: {@code C = op(A) op(B)}, or {@code C += op(A) op(B)}, where op
 * transposes or not.
 *
 * <p>{@code op(A)} is {@code (m,k)}, {@code op(B)} is {@code (k,n)}, {@code C} is {@code (m,n)};
 * all buffers are row-major and dense, so that a transposed A is stored as {@code (k,m)} and a
 * transposed B as {@code (n,k)}.
 *
 * @param accumulate whether the product is added to C or overwrites it
 * @param inputs element type of A and B; C and all sums are float32
 */
public record Product(
    int m,
    int k,
    int n,
    boolean transposeA,
    boolean transposeB,
    boolean accumulate,
    ElementType inputs) {
  public Product {
    if (m < 1 || k < 1 || n < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "product: shape %d x %d x %d must be positive", m, k, n));
    }
  }

  /** {@code C = A B} in float32. */
  public static Product of(int m, int k, int n) {
    return new Product(m, k, n, false, false, false, ElementType.FLOAT32);
  }

  /** The same with A stored transposed, as {@code (k,m)}. */
  public Product withTransposedA() {
    return new Product(m, k, n, true, transposeB, accumulate, inputs);
  }

  /** The same with B stored transposed, as {@code (n,k)}. */
  public Product withTransposedB() {
    return new Product(m, k, n, transposeA, true, accumulate, inputs);
  }

  /** The same, added to C. */
  public Product accumulating() {
    return new Product(m, k, n, transposeA, transposeB, true, inputs);
  }

  /** The same with A and B of this element type. */
  public Product with(ElementType inputs) {
    return new Product(m, k, n, transposeA, transposeB, accumulate, inputs);
  }

  /** Whether weights packed for the other product serve this one. */
  public boolean sharesWeightsWith(Product other) {
    return k == other.k && n == other.n && transposeB == other.transposeB && inputs == other.inputs;
  }

  /**
   * Checks the operands of a call.
   *
   * @throws IllegalArgumentException if a length or an element type does not fit
   */
  public void check(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    check(a, c);
    check("B", b, (long) k * n, inputs);
  }

  /** As {@link #check(NativeBuffer, NativeBuffer, NativeBuffer)}, of A and C alone. */
  public void check(NativeBuffer a, NativeBuffer c) {
    check("A", a, (long) m * k, inputs);
    check("C", c, (long) m * n, ElementType.FLOAT32);
  }

  /**
   * As {@link #check(NativeBuffer, NativeBuffer, NativeBuffer)}, of B before packing, which may be
   * float32 whatever the inputs are.
   */
  public void checkWeights(NativeBuffer source) {
    boolean rounds = source.type() == ElementType.FLOAT32;
    check("weights", source, (long) k * n, rounds ? ElementType.FLOAT32 : inputs);
  }

  private void check(String operand, NativeBuffer buffer, long length, ElementType type) {
    if (buffer.length() != length || buffer.type() != type) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s holds %d values of %s, expected %d of %s",
              this,
              operand,
              buffer.length(),
              buffer.type(),
              length,
              type));
    }
    if (buffer.isPlaceholder()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: %s is a placeholder without memory", this, operand));
    }
  }
}
