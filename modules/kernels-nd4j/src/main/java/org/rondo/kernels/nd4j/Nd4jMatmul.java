package org.rondo.kernels.nd4j;

import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

/**
 * Products by the BLAS that ND4J brings, on arrays that wrap our buffers without a copy.
 *
 * <p>That BLAS is column-major, where our row-major C is its transpose: so what is computed is
 * {@code C^T = op(B)^T op(A)^T}, in float32.
 */
final class Nd4jMatmul implements Matmul {
  private final Product product;
  private final NativeMemory owner;

  Nd4jMatmul(Product product, NativeMemory owner) {
    this.product = product;
    this.owner = owner;
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public Weights weights(NativeBuffer source) {
    product.checkWeights(source);
    return new CopiedWeights(product, source, owner.floats(source.length()));
  }

  @Override
  public Call bind(NativeBuffer a, Weights b, NativeBuffer c) {
    product.check(a, c);
    if (!(b instanceof CopiedWeights weights) || !product.sharesWeightsWith(weights.product)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: weights of another plan", product));
    }
    return call(a, weights.values, c);
  }

  @Override
  public Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    product.check(a, b, c);
    return call(a, b, c);
  }

  private Call call(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    int m = product.m();
    int k = product.k();
    int n = product.n();
    INDArray left = product.transposeB() ? wrap(b, k, n) : wrap(b, n, k);
    INDArray right = product.transposeA() ? wrap(a, m, k) : wrap(a, k, m);
    INDArray result = wrap(c, n, m);
    double beta = product.accumulate() ? 1 : 0;
    return () ->
        Nd4j.gemm(left, right, result, product.transposeB(), product.transposeA(), 1, beta);
  }

  /** A column-major array over the buffer's memory. */
  private INDArray wrap(NativeBuffer buffer, long rows, long columns) {
    var pointer = owner.own(new FloatPointer(buffer.bytes().asFloatBuffer()));
    var data =
        Nd4j.createBuffer(pointer, DataType.FLOAT, buffer.length(), FloatIndexer.create(pointer));
    return Nd4j.create(data, new long[] {rows, columns}, new long[] {1, rows}, 0, 'f');
  }

  /** A copy of B as it is: what this BLAS packs, it packs anew in every product. */
  private record CopiedWeights(Product product, NativeBuffer source, NativeBuffer values)
      implements Weights {
    @Override
    public void pack() {
      values.copy(0, source, 0, source.length());
    }
  }
}
