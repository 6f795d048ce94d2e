package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ApproximationTest {
  private interface FloatFunction {
    float of(float x);
  }

  /** Every 1,009th float32 of both signs: a prime, so that all lowest bits occur. */
  private static double worstUlp(
      FloatFunction function, DoubleUnaryOperator exact, float from, float to) {
    double worst = 0;
    for (int bits = 0; bits < Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += 1009) {
      for (float x : new float[] {Float.intBitsToFloat(bits), -Float.intBitsToFloat(bits)}) {
        if (x >= from && x <= to) {
          double expected = exact.applyAsDouble(x);
          double error = Math.abs(function.of(x) - expected) / Math.ulp((float) expected);
          worst = Math.max(worst, error);
        }
      }
    }
    return worst;
  }

  @Test
  void expIsWithinItsStatedError() {
    assertThat(worstUlp(Approximation::exp, Math::exp, -87f, 88f)).isLessThan(1.1);
    assertThat(Approximation.exp(0f)).isEqualTo(1f);
  }

  @Test
  void tanhIsWithinItsStatedError() {
    assertThat(worstUlp(Approximation::tanh, Math::tanh, -1e9f, 1e9f)).isLessThan(5.6);
    assertThat(Approximation.tanh(-1e-30f)).isEqualTo(-1e-30f);
  }

  @Test
  void sigmoidIsWithinItsStatedError() {
    assertThat(worstUlp(Approximation::sigmoid, x -> 1 / (1 + Math.exp(-x)), -87f, 1e9f))
        .isLessThan(2.5);
    assertThat(Approximation.sigmoid(0f)).isEqualTo(0.5f);
  }

  @Test
  void extremesStayFiniteAndNotANumberStaysSo() {
    assertThat(Approximation.exp(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-37f);
    assertThat(Approximation.exp(Float.POSITIVE_INFINITY)).isBetween(1e38f, Float.MAX_VALUE);
    assertThat(Approximation.sigmoid(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-37f);
    assertThat(Approximation.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Approximation.exp(Float.NaN)).isNaN();
    assertThat(Approximation.tanh(Float.NaN)).isNaN();
    assertThat(Approximation.sigmoid(Float.NaN)).isNaN();
  }
}
