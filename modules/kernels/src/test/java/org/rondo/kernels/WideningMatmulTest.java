package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The implementation in use, as on a processor without bfloat16 products. */
class WideningMatmulTest extends MatmulContract {
  @Override
  protected MatmulProvider provider() {
    return new WithoutBfloat16(Kernels.best().matmul());
  }

  @Test
  void bfloat16GivesTheBitsOfFloat32OnTheSameValues() {
    try (var memory = new NativeMemory()) {
      Product product = Product.of(3, 40, 5);
      NativeBuffer a = memory.floats(120);
      NativeBuffer roundedA = memory.allocate(ElementType.BFLOAT16, 120);
      NativeBuffer b = memory.floats(200);
      for (int i = 0; i < 120; i++) {
        a.set(i, i - 60);
        roundedA.bytes().putShort(i * Short.BYTES, Bfloat16.round(i - 60));
      }
      for (int i = 0; i < 200; i++) {
        b.set(i, (i - 100) / 128f);
      }

      assertThat(result(product.with(ElementType.BFLOAT16), roundedA, b, memory))
          .isEqualTo(result(product, a, b, memory));
    }
  }

  private float[] result(Product product, NativeBuffer a, NativeBuffer b, NativeMemory memory) {
    NativeBuffer c = memory.floats(15);
    Matmul plan = provider().plan(product, memory);
    Matmul.Weights weights = plan.weights(b);
    weights.pack();
    plan.bind(a, weights, c).run();
    return c.toArray();
  }

  private record WithoutBfloat16(MatmulProvider inner) implements MatmulProvider {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public int priority() {
      return inner.priority();
    }

    @Override
    public Optional<String> unavailable() {
      return inner.unavailable();
    }

    @Override
    public String description() {
      return inner.description();
    }

    @Override
    public boolean multiplies(ElementType inputs) {
      return inputs == ElementType.FLOAT32;
    }

    @Override
    public Matmul plan(Product product, NativeMemory memory) {
      return multiplies(product.inputs())
          ? inner.plan(product, memory)
          : new WideningMatmul(product, memory, inner::plan);
    }
  }
}
