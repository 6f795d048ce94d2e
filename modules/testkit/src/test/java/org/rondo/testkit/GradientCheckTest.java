package org.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;

class GradientCheckTest {
  private static final float STEP = 1e-2f;

  @Test
  void acceptsTheGradientOfACubicAndRestoresTheParameters() {
    try (var memory = new NativeMemory()) {
      NativeBuffer x = memory.floats(20);
      Seeds.fill(x, "x", 1f);
      float[] before = x.toArray();
      NativeBuffer gradient = memory.floats(20);
      for (int i = 0; i < 20; i++) {
        gradient.set(i, 3 * x.get(i) * x.get(i));
      }

      double error = GradientCheck.maxRelativeError(() -> cubes(x), x, gradient, STEP, 1);

      // A cubic's central difference is off by h^2 = 1e-4 of at least 0.1 * the largest, about 3.
      assertThat(error).isLessThan(1e-3);
      assertThat(x.toArray()).isEqualTo(before);
    }
  }

  @Test
  void findsOneWrongElement() {
    try (var memory = new NativeMemory()) {
      NativeBuffer x = memory.floats(20);
      Seeds.fill(x, "x", 1f);
      NativeBuffer gradient = memory.floats(20);
      for (int i = 0; i < 20; i++) {
        gradient.set(i, 3 * x.get(i) * x.get(i) * (i == 7 ? 1.1f : 1f));
      }

      assertThat(GradientCheck.maxRelativeError(() -> cubes(x), x, gradient, STEP, 1))
          .isGreaterThan(1e-2);
    }
  }

  @Test
  void aGradientOfZeroWhereThereIsASlopeIsWhollyWrong() {
    try (var memory = new NativeMemory()) {
      NativeBuffer x = memory.floats(3);
      x.set(1, 1f);
      assertThat(GradientCheck.maxRelativeError(() -> cubes(x), x, memory.floats(3), STEP, 1))
          .isEqualTo(1);
    }
  }

  @Test
  void lengthsMustAgree() {
    try (var memory = new NativeMemory()) {
      assertThatThrownBy(
              () ->
                  GradientCheck.maxRelativeError(
                      () -> 0, memory.floats(3), memory.floats(4), STEP, 1))
          .hasMessage("gradient check: 3 parameters, gradient of 4");
    }
  }

  private static double cubes(NativeBuffer x) {
    double sum = 0;
    for (float value : x.toArray()) {
      sum += (double) value * value * value;
    }
    return sum;
  }
}
