package org.rondo.kernels;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Products of bfloat16 inputs where only float32 is multiplied: each input is widened, which loses
 * nothing, and a float32 plan does the rest. Packing rounds B to bfloat16 first.
 *
 * <p>The widened copies are shared by the calls of a plan, since they never overlap.
 */
public final class WideningMatmul implements Matmul {
  private final Product product;
  private final NativeMemory owner;
  private final Matmul floats;
  private final NativeBuffer widenedA;
  private NativeBuffer widenedB;

  /**
   * Plans it.
   *
   * @param product with inputs of bfloat16
   * @param owner owns the plan and the widened copies
   * @param planner plans a product with inputs of float32
   */
  public WideningMatmul(
      Product product, NativeMemory owner, BiFunction<Product, NativeMemory, Matmul> planner) {
    this.product = product;
    this.owner = owner;
    this.floats = planner.apply(product.with(ElementType.FLOAT32), owner);
    this.widenedA = owner.floats((long) product.m() * product.k());
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public Weights weights(NativeBuffer source) {
    product.checkWeights(source);
    NativeBuffer rounded = owner.floats(source.length());
    return new RoundedWeights(product, source, rounded, floats.weights(rounded));
  }

  @Override
  public Call bind(NativeBuffer a, Weights b, NativeBuffer c) {
    product.check(a, c);
    if (!(b instanceof RoundedWeights weights) || !product.sharesWeightsWith(weights.product)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: weights of another plan", product));
    }
    Call multiply = floats.bind(widenedA, weights.packed, c);
    return () -> {
      widen(a, widenedA);
      multiply.run();
    };
  }

  @Override
  public Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    product.check(a, b, c);
    if (widenedB == null) {
      widenedB = owner.floats(b.length());
    }
    Call multiply = floats.bind(widenedA, widenedB, c);
    return () -> {
      widen(a, widenedA);
      widen(b, widenedB);
      multiply.run();
    };
  }

  private static void widen(NativeBuffer from, NativeBuffer to) {
    ByteBuffer bytes = from.bytes();
    for (int i = 0; i < to.length(); i++) {
      to.set(i, Bfloat16.widen(bytes.getShort(i * Short.BYTES)));
    }
  }

  /** B rounded to bfloat16, as float32, and that packed. */
  private record RoundedWeights(
      Product product, NativeBuffer source, NativeBuffer rounded, Weights packed)
      implements Weights {
    @Override
    public void pack() {
      if (source.type() == ElementType.BFLOAT16) {
        widen(source, rounded);
      } else {
        for (int i = 0; i < source.length(); i++) {
          rounded.set(i, Bfloat16.widen(Bfloat16.round(source.get(i))));
        }
      }
      packed.pack();
    }
  }
}
