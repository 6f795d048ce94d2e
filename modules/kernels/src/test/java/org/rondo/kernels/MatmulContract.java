package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of products must do; one subclass per implementation. */
public abstract class MatmulContract {
  private final NativeMemory memory = new NativeMemory();

  /** The implementation under test. */
  protected abstract MatmulProvider provider();

  @BeforeEach
  void runsHere() {
    assumeThat(provider().unavailable()).isEmpty();
  }

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  static List<Product> everyVariant() {
    int[][] shapes = {
      {1, 1, 1},
      {1, 65, 7},
      {3, 5, 2},
      {20, 33, 17},
      {7, 1, 130},
      {50, 128, 260},
      {130, 70, 90},
      {1, 1100, 600} // sums that oneDNN splits
    };
    var variants = new ArrayList<Product>();
    for (int[] shape : shapes) {
      for (int bits = 0; bits < 16; bits++) {
        variants.add(
            new Product(
                shape[0],
                shape[1],
                shape[2],
                (bits & 1) != 0,
                (bits & 2) != 0,
                (bits & 4) != 0,
                (bits & 8) != 0 ? ElementType.BFLOAT16 : ElementType.FLOAT32));
      }
    }
    return variants;
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void plainOperandsGiveTheProductInDoublePrecision(Product product) {
    var operands = new Operands(product, memory);
    provider().plan(product, memory).bind(operands.a, operands.b, operands.c).run();
    operands.assertResult();
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void packedWeightsGiveTheProductInDoublePrecision(Product product) {
    var operands = new Operands(product, memory);
    Matmul plan = provider().plan(product, memory);
    Matmul.Weights weights = plan.weights(operands.weights);
    weights.pack();
    plan.bind(operands.a, weights, operands.c).run();
    operands.assertResult();
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void weightsPackedForOtherRowsServe(Product product) {
    var operands = new Operands(product, memory);
    var manyRows =
        new Product(
            300, product.k(), product.n(), false, product.transposeB(), false, product.inputs());
    Matmul.Weights weights = provider().plan(manyRows, memory).weights(operands.weights);
    weights.pack();
    provider().plan(product, memory).bind(operands.a, weights, operands.c).run();
    operands.assertResult();
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void weightsOfTheInputsTypeArePackedAsTheyAre(ElementType inputs) {
    Product product = Product.of(5, 30, 20).withTransposedB().with(inputs);
    var operands = new Operands(product, memory);
    Matmul plan = provider().plan(product, memory);
    Matmul.Weights weights = plan.weights(operands.b);
    weights.pack();
    plan.bind(operands.a, weights, operands.c).run();
    operands.assertResult();
  }

  @Test
  void packingTakesThePresentValues() {
    Product product = Product.of(2, 3, 4);
    var operands = new Operands(product, memory);
    Matmul plan = provider().plan(product, memory);
    Matmul.Weights weights = plan.weights(operands.weights);
    weights.pack();
    Matmul.Call call = plan.bind(operands.a, weights, operands.c);
    call.run();
    operands.weights.clear(0, operands.weights.length());
    call.run();
    operands.assertResult();
    weights.pack();
    call.run();
    assertThat(operands.c.toArray()).containsOnly(0f);
  }

  @Test
  void theSameOperandsGiveTheSameBitsEveryTime() {
    Product product = Product.of(33, 200, 100);
    var operands = new Operands(product, memory);
    Matmul.Call call = provider().plan(product, memory).bind(operands.a, operands.b, operands.c);
    call.run();
    float[] first = operands.c.toArray();
    for (int i = 0; i < 20; i++) {
      call.run();
      assertThat(operands.c.toArray()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void runningAndPackingAllocateNothing(ElementType inputs) {
    Product product = Product.of(4, 30, 20).with(inputs);
    var operands = new Operands(product, memory);
    Matmul plan = provider().plan(product, memory);
    Matmul.Weights weights = plan.weights(operands.weights);
    Matmul.Call packed = plan.bind(operands.a, weights, operands.c);
    Matmul.Call plain = plan.bind(operands.a, operands.b, operands.c);
    long bytes =
        Allocation.perCall(
            () -> {
              weights.pack();
              packed.run();
              plain.run();
            },
            allowedBytesPerRun());
    assertThat(bytes).isLessThanOrEqualTo(allowedBytesPerRun());
  }

  /**
   * Bytes of heap that packing and two runs may take; only a fallback has reason for more than 0.
   */
  protected long allowedBytesPerRun() {
    return 0;
  }

  @Test
  void operandsThatDoNotFitAreNamed() {
    Matmul plan = provider().plan(Product.of(2, 3, 4), memory);
    assertThatThrownBy(() -> plan.bind(memory.floats(6), memory.floats(11), memory.floats(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("B holds 11 values of FLOAT32, expected 12 of FLOAT32");
    assertThatThrownBy(() -> plan.weights(memory.allocate(ElementType.BFLOAT16, 12)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights holds 12 values of BFLOAT16, expected 12 of FLOAT32");
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    Matmul.Weights weights =
        provider().plan(Product.of(2, 4, 3), memory).weights(memory.floats(12));
    Matmul plan = provider().plan(Product.of(2, 3, 4), memory);
    assertThatThrownBy(() -> plan.bind(memory.floats(6), weights, memory.floats(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights of another plan");
  }

  /** Operands of random values, and what must come out. */
  private static final class Operands {
    final NativeBuffer a;
    final NativeBuffer b;
    final NativeBuffer weights;
    final NativeBuffer c;
    private final Product product;
    private final double[] expected;
    private final double[] magnitude;

    Operands(Product product, NativeMemory memory) {
      this.product = product;
      int m = product.m();
      int k = product.k();
      int n = product.n();
      float[] left = values("a", m * k, product.inputs());
      float[] right = values("b", k * n, product.inputs());
      float[] before = values("c", m * n, ElementType.FLOAT32);
      this.a = stored(left, product.inputs(), memory);
      this.b = stored(right, product.inputs(), memory);
      this.weights = stored(right, ElementType.FLOAT32, memory);
      this.c = stored(before, ElementType.FLOAT32, memory);
      this.expected = new double[m * n];
      this.magnitude = new double[m * n];
      for (int i = 0; i < m * n; i++) {
        int row = i / n;
        int column = i % n;
        expected[i] = product.accumulate() ? before[i] : 0;
        magnitude[i] = Math.abs(expected[i]);
        for (int j = 0; j < k; j++) {
          double x = left[product.transposeA() ? j * m + row : row * k + j];
          double y = right[product.transposeB() ? column * k + j : j * n + column];
          expected[i] += x * y;
          magnitude[i] += Math.abs(x * y);
        }
      }
    }

    private static float[] values(String name, int count, ElementType type) {
      CounterRandom random = CounterRandom.of(1).derive(name);
      var values = new float[count];
      for (int i = 0; i < count; i++) {
        float value = (float) random.gaussian(i);
        values[i] = type == ElementType.BFLOAT16 ? Bfloat16.widen(Bfloat16.round(value)) : value;
      }
      return values;
    }

    private static NativeBuffer stored(float[] values, ElementType type, NativeMemory memory) {
      NativeBuffer buffer = memory.allocate(type, values.length);
      for (int i = 0; i < values.length; i++) {
        if (type == ElementType.FLOAT32) {
          buffer.set(i, values[i]);
        } else {
          buffer.bytes().putShort(2 * i, Bfloat16.round(values[i]));
        }
      }
      return buffer;
    }

    /** A sum of k float32 products is off by at most (k + 1) half units of its terms' magnitude. */
    void assertResult() {
      for (int i = 0; i < expected.length; i++) {
        double bound = (product.k() + 1) * 0x1.0p-24 * magnitude[i];
        assertThat((double) c.get(i))
            .as("element %d of %s", i, product)
            .isCloseTo(expected[i], within(bound));
      }
    }
  }
}
