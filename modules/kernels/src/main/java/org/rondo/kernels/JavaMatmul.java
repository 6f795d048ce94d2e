package org.rondo.kernels;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Products in plain loops, the reference: every element of C is one chain of fused multiply-adds, k
 * ascending.
 *
 * <p>Operands are copied to arrays first, rounded or widened and not transposed, since only loops
 * over arrays are vectorized by the JIT compiler.
 */
final class JavaMatmul implements Matmul {
  private final Product product;
  private final float[] rowOfA;
  private final float[] rowOfC;

  JavaMatmul(Product product) {
    this.product = product;
    this.rowOfA = new float[product.k()];
    this.rowOfC = new float[product.n()];
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public Weights weights(NativeBuffer source) {
    product.checkWeights(source);
    return new PackedWeights(product, source);
  }

  @Override
  public Call bind(NativeBuffer a, Weights b, NativeBuffer c) {
    if (!(b instanceof PackedWeights weights) || !product.sharesWeightsWith(weights.product)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: weights of another plan", product));
    }
    product.check(a, c);
    FloatBuffer target = c.bytes().asFloatBuffer();
    return () -> multiply(a.bytes(), weights.values, target);
  }

  @Override
  public Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    product.check(a, b, c);
    var copy = new PackedWeights(product, b);
    FloatBuffer target = c.bytes().asFloatBuffer();
    return () -> {
      copy.pack();
      multiply(a.bytes(), copy.values, target);
    };
  }

  private void multiply(ByteBuffer a, float[] b, FloatBuffer c) {
    int n = product.n();
    for (int i = 0; i < product.m(); i++) {
      readRowOfA(a, i);
      if (product.accumulate()) {
        c.get(i * n, rowOfC);
      } else {
        Arrays.fill(rowOfC, 0f);
      }
      for (int k = 0; k < product.k(); k++) {
        addRow(rowOfA[k], b, k * n);
      }
      c.put(i * n, rowOfC);
    }
  }

  private void readRowOfA(ByteBuffer a, int row) {
    int stride = product.transposeA() ? product.m() : 1;
    int from = product.transposeA() ? row : row * product.k();
    for (int k = 0; k < rowOfA.length; k++) {
      rowOfA[k] = read(a, product.inputs(), from + k * stride);
    }
  }

  private void addRow(float factor, float[] b, int from) {
    float[] c = rowOfC;
    for (int j = 0; j < c.length; j++) {
      c[j] = Math.fma(factor, b[from + j], c[j]);
    }
  }

  private static float read(ByteBuffer buffer, ElementType type, int index) {
    return switch (type) {
      case FLOAT32 -> buffer.getFloat(index * Float.BYTES);
      case BFLOAT16 -> Bfloat16.widen(buffer.getShort(index * Short.BYTES));
    };
  }

  /** B as a float32 {@code (k,n)} array. */
  private static final class PackedWeights implements Weights {
    private final Product product;
    private final NativeBuffer source;
    private final boolean rounds;
    private final float[] values;

    PackedWeights(Product product, NativeBuffer source) {
      this.product = product;
      this.source = source;
      this.rounds =
          source.type() == ElementType.FLOAT32 && product.inputs() == ElementType.BFLOAT16;
      this.values = new float[product.k() * product.n()];
    }

    @Override
    public void pack() {
      for (int k = 0; k < product.k(); k++) {
        for (int j = 0; j < product.n(); j++) {
          int at = product.transposeB() ? j * product.k() + k : k * product.n() + j;
          float value = read(source.bytes(), source.type(), at);
          values[k * product.n() + j] = rounds ? Bfloat16.widen(Bfloat16.round(value)) : value;
        }
      }
    }
  }
}
