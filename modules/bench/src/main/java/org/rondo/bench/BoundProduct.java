package org.rondo.bench;

import java.util.Locale;
import org.rondo.kernels.Product;

/**
 * A product and how its B is bound: what decides its speed.
 *
 * @param packed whether B is packed weights rather than a plain matrix
 */
record BoundProduct(Product product, boolean packed) {
  /** Multiplications and additions. */
  double operations() {
    return 2.0 * product.m() * product.k() * product.n();
  }

  /** Shape {@code m x k x n}, transposed operands by a prime, {@code +=} if it is added to C. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d x %d x %d, %sA%s B%s%s",
        product.m(),
        product.k(),
        product.n(),
        product.accumulate() ? "+= " : "",
        product.transposeA() ? "'" : "",
        product.transposeB() ? "'" : "",
        packed ? " packed" : "");
  }
}
