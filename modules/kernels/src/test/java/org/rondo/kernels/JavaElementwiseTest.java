package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.Elementwise.AdamStep;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.Elementwise.Update;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.GruGradients;
import org.rondo.kernels.GatePasses.GruReset;
import org.rondo.kernels.GatePasses.GruStep;
import org.rondo.kernels.GatePasses.LstmGradients;
import org.rondo.kernels.GatePasses.LstmStep;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;

/** The formulas, in double precision; that vector code has the same bits is tested beside it. */
class JavaElementwiseTest {
  /** A few roundings of values of order 1. */
  private static final float CLOSE = 2e-6f;

  private final NativeMemory memory = new NativeMemory();
  private final Elementwise passes = new JavaElementwise();

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @Test
  void lstmStepFollowsItsEquations() {
    LstmStep step = step(0.1f, -0.2f, 0.3f, 0.4f);
    passes.lstmForward(step, buffer(1f, 2f, -0.5f, 0.25f), 1, 1);
    double i = sigmoid(1.1);
    double f = sigmoid(1.8);
    double g = Math.tanh(-0.2);
    double o = sigmoid(0.65);
    double c = f * 0.7 + i * g;
    assertThat(step.gates().get(0)).isCloseTo((float) i, within(CLOSE));
    assertThat(step.gates().get(1)).isCloseTo((float) f, within(CLOSE));
    assertThat(step.gates().get(2)).isCloseTo((float) g, within(CLOSE));
    assertThat(step.gates().get(3)).isCloseTo((float) o, within(CLOSE));
    assertThat(step.cell().get(0)).isCloseTo((float) c, within(CLOSE));
    assertThat(step.tanhCell().get(0)).isCloseTo((float) Math.tanh(c), within(CLOSE));
    assertThat(step.hidden().get(0)).isCloseTo((float) (o * Math.tanh(c)), within(CLOSE));
  }

  @Test
  void lstmGradientIsTheSlopeOfTheStep() {
    float[] before = {0.1f, -0.2f, 0.3f, 0.4f};
    LstmStep step = step(before);
    NativeBuffer bias = buffer(0f, 0f, 0f, 0f);
    passes.lstmForward(step, bias, 1, 1);
    var gradients =
        new LstmGradients(buffer(2f), buffer(0.5f), step.gates(), buffer(1f, 2f, 3f, 4f));
    passes.lstmBackward(step, gradients, 1, 1);
    float h = 1e-2f;
    for (int gate = 0; gate < 4; gate++) {
      double slope = (objective(before, gate, h) - objective(before, gate, -h)) / (2 * h);
      // The central difference is off by h^2 / 6 times a third derivative of order 1.
      assertThat((double) step.gates().get(gate))
          .as("gate %d", gate)
          .isCloseTo(slope, within(1e-4));
      assertThat(gradients.bias().get(gate)).isEqualTo(gate + 1 + step.gates().get(gate));
    }
    double f = sigmoid(-0.2);
    double c = f * 0.7 + sigmoid(0.1) * Math.tanh(0.3);
    double throughCell = 0.5 + 2 * sigmoid(0.4) * (1 - Math.tanh(c) * Math.tanh(c));
    assertThat(gradients.cell().get(0)).isCloseTo((float) (throughCell * f), within(CLOSE));
  }

  /** 2 h + 0.5 c', with one pre-activation moved. */
  private static double objective(float[] gates, int moved, double by) {
    double[] z = new double[4];
    for (int i = 0; i < 4; i++) {
      z[i] = gates[i] + (i == moved ? by : 0);
    }
    double c = sigmoid(z[1]) * 0.7 + sigmoid(z[0]) * Math.tanh(z[2]);
    return 2 * sigmoid(z[3]) * Math.tanh(c) + 0.5 * c;
  }

  @Test
  void vanillaStepFollowsItsEquations() {
    for (Activation activation : Activation.values()) {
      var step =
          new VanillaStep(buffer(0.3f, -0.8f), buffer(0f, 0f), buffer(0f, 0f), buffer(0f, 0f));
      passes.vanillaForward(step, activation, buffer(0.1f, 0.2f), 1, 2);
      assertThat(step.hidden().toArray())
          .containsExactly(
              new float[] {(float) value(activation, 0.4), (float) value(activation, -0.6)},
              within(CLOSE));

      var gradients = new VanillaGradients(buffer(2f, 3f), buffer(10f, 20f));
      passes.vanillaBackward(step, activation, gradients, 1, 2);
      double first = 2 * slope(activation, 0.4);
      double second = 3 * slope(activation, -0.6);
      assertThat(step.sums().toArray())
          .containsExactly(new float[] {(float) first, (float) second}, within(CLOSE));
      assertThat(gradients.bias().toArray())
          .containsExactly(new float[] {10 + step.sums().get(0), 20 + step.sums().get(1)});
    }
  }

  private static double value(Activation activation, double x) {
    return switch (activation) {
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(x, 0);
      case SIGMOID -> sigmoid(x);
      case IDENTITY -> x;
    };
  }

  private static double slope(Activation activation, double x) {
    return switch (activation) {
      case TANH -> 1 / Math.pow(Math.cosh(x), 2);
      case RELU -> x > 0 ? 1 : 0;
      case SIGMOID -> sigmoid(x) * sigmoid(-x);
      case IDENTITY -> 1;
    };
  }

  @Test
  void gruStepFollowsItsEquations() {
    GruStep step = gruStep(buffer(0.5f, 0.6f, -0.7f));
    passes.gruForward(step, buffer(0.01f, 0.02f, 0.03f, 0.04f), 1, 1);
    double r = sigmoid(0.61);
    double z = sigmoid(0.42);
    double n = Math.tanh(0.33 + r * -0.66);
    assertThat(step.hidden().get(0)).isCloseTo((float) ((1 - z) * n + z * 0.9), within(CLOSE));

    var gradients = new GruGradients(buffer(2f), buffer(10f), buffer(1f, 2f, 3f, 4f));
    passes.gruBackward(step, gradients, 1, 1);
    double dn = 2 * (1 - z) * (1 - n * n);
    double dr = dn * -0.66 * r * (1 - r);
    double dz = 2 * (0.9 - n) * z * (1 - z);
    assertClose(step.gates(), dr, dz, dn);
    assertClose(step.recurrent(), dr, dz, dn * r);
    assertClose(gradients.hiddenBefore(), 10 + 2 * z);
    assertClose(gradients.bias(), 1 + dr, 2 + dz, 3 + dn, 4 + dn * r);
  }

  @Test
  void gruStepThatResetsTheStateFollowsItsEquations() {
    GruStep step = gruStep(buffer(0.5f, 0.6f));
    var reset = new GruReset(buffer(0f), buffer(0f), buffer(0f), buffer(-0.7f), buffer(0f));
    NativeBuffer bias = buffer(0.01f, 0.02f, 0.03f);
    passes.gruResetForward(step, reset, bias, 1, 1);
    passes.gruCandidateForward(step, reset, bias, 1, 1);
    double r = sigmoid(0.61);
    double z = sigmoid(0.42);
    double n = Math.tanh(0.33 - 0.7);
    assertClose(reset.state(), r * 0.9);
    assertClose(step.hidden(), (1 - z) * n + z * 0.9);

    var gradients = new GruGradients(buffer(2f), buffer(10f), buffer(1f, 2f, 3f));
    passes.gruCandidateBackward(step, reset, gradients, 1, 1);
    double dn = 2 * (1 - z) * (1 - n * n);
    assertClose(reset.candidate(), dn);
    reset.stateGradient().set(0, 0.5f);
    passes.gruResetBackward(step, reset, gradients, 1, 1);
    double dr = 0.5 * 0.9 * r * (1 - r);
    double dz = 2 * (0.9 - n) * z * (1 - z);
    assertClose(step.gates(), dr, dz, dn);
    assertClose(step.recurrent(), dr, dz);
    assertClose(gradients.hiddenBefore(), 10 + 2 * z + 0.5 * r);
    assertClose(gradients.bias(), 1 + dr, 2 + dz, 3 + dn);
  }

  /** In float32: operands are the values. */
  private GruStep gruStep(NativeBuffer recurrent) {
    NativeBuffer gates = buffer(0.1f, -0.2f, 0.3f);
    NativeBuffer hidden = buffer(0f);
    return new GruStep(gates, gates, recurrent, recurrent, buffer(0.9f), hidden, hidden);
  }

  private static void assertClose(NativeBuffer actual, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.get(i)).as("element %d", i).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(actual.length()).isEqualTo(expected.length);
  }

  /** A step that ceased to be a number is seen in the loss. */
  @Test
  void rectifiedNaNStaysNaN() {
    NativeBuffer h = buffer(0f);
    var step = new VanillaStep(buffer(Float.NaN), buffer(0f), h, h);
    passes.vanillaForward(step, Activation.RELU, buffer(0f), 1, 1);
    assertThat(h.get(0)).isNaN();
  }

  @Test
  void softmaxGivesLossAndGradientAndSkipsRowsWithoutTarget() {
    NativeBuffer logits = buffer(1f, 2f, 3f, 5f, 5f, 5f, 400f, 0f, -400f);
    var rows = new SoftmaxRows(logits, buffer(0.5f, 0f, 0f), logits, buffer(10f, 20f, 30f));
    double loss = passes.softmaxCrossEntropy(rows, new int[] {7, 2, -1, 1}, 1, 3, 0.5f);
    double z = Math.exp(1.5) + Math.exp(2) + Math.exp(3);
    assertThat(loss).isCloseTo(Math.log(z) - 3 + 400.5, within(1e-4));
    assertThat(logits.get(0)).isCloseTo((float) (0.5 * Math.exp(1.5) / z), within(CLOSE));
    assertThat(logits.get(2)).isCloseTo((float) (0.5 * (Math.exp(3) / z - 1)), within(CLOSE));
    assertThat(logits.slice(3, 3).toArray()).containsOnly(0f);
    assertThat(logits.slice(6, 3).toArray())
        .containsExactly(new float[] {0.5f, -0.5f, 0f}, within(CLOSE));
    for (int j = 0; j < 3; j++) {
      float sum = 10 * (j + 1) + logits.get(j) + logits.get(6 + j);
      assertThat(rows.biasGradient().get(j)).isCloseTo(sum, within(CLOSE));
    }
  }

  @Test
  void crossEntropyAddsToTheSequenceOfEachRow() {
    NativeBuffer logits = buffer(0f, 0f, 0f, 0f, 1f, 1f);
    var sums = new double[] {10, 20};
    passes.crossEntropy(logits, buffer(0f, 0f), new int[] {9, 0, -1, 1}, 1, 3, sums);
    assertThat(sums[1]).isCloseTo(20 + 2 * Math.log(2), within(1e-6));
    assertThat(sums[0]).isEqualTo(10);
  }

  @Test
  void dropoutKeepsTheShareItIsToldAndScalesIt() {
    int count = 100_000;
    NativeBuffer x = memory.floats(count);
    for (int i = 0; i < count; i++) {
      x.set(i, 3f);
    }
    NativeBuffer y = memory.floats(count);
    passes.dropout(x, y, 0.75f, 99);
    int kept = 0;
    for (float value : y.toArray()) {
      assertThat(value).isIn(0f, 4f);
      kept += value == 4f ? 1 : 0;
    }
    // Six standard errors of a share: 6 * sqrt(0.75 * 0.25 / n).
    assertThat(kept / (double) count).isCloseTo(0.75, within(0.0083));
    float[] first = y.toArray();
    passes.dropout(x, y, 0.75f, 100);
    assertThat(y.toArray()).isNotEqualTo(first);
    passes.dropout(x, y, 1f, 99);
    assertThat(y.toArray()).containsOnly(3f);
  }

  @Test
  void sumOfSquaresTakesTheRangeItIsTold() {
    NativeBuffer x = buffer(1f, 2f, 3f, 4f, 5f, 6f);
    assertThat(passes.sumOfSquares(x, 1, 3)).isEqualTo(29);
  }

  @Test
  void clippingCutsMagnitudesAndSaysWhetherItDid() {
    NativeBuffer x = buffer(9f, -9f, 2f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, 2.5f, 9f);
    assertThat(passes.clip(x, 2.5f, 1, 6)).isTrue();
    assertThat(x.toArray()).containsExactly(9f, -2.5f, 2f, -0f, Float.NaN, -2.5f, 2.5f, 9f);
    assertThat(passes.clip(x, 2.5f, 1, 6)).isFalse();
  }

  @Test
  void sumOfSquaresOfManyValuesStaysExact() {
    int count = 5_000_000;
    NativeBuffer x = memory.floats(count);
    for (int i = 0; i < count; i++) {
      x.set(i, 0.1f);
    }
    double expected = count * (double) 0.1f * 0.1f;
    // Sums of 256 addends in float32: 256 half units at most; a plain float32 sum is off by 10%.
    assertThat(passes.sumOfSquares(x, 0, count) / expected).isCloseTo(1, within(256 * 0x1.0p-24));
  }

  @Test
  void momentumStepsAsWritten() {
    NativeBuffer p = buffer(1f, 1f);
    NativeBuffer velocity = buffer(5f, 2f);
    passes.momentum(new Update(p, buffer(7f, 4f), 0.1f, 0.5f), velocity, 0.9f, 1, 1);
    assertThat(velocity.toArray()).containsExactly(new float[] {5f, 3.8f}, within(CLOSE));
    assertThat(p.toArray()).containsExactly(new float[] {1f, 0.62f}, within(CLOSE));
  }

  @Test
  void firstAdamStepIsTheLearningRateAndDecayIsDecoupled() {
    NativeBuffer p = buffer(2f, -3f);
    NativeBuffer first = buffer(0f, 0f);
    NativeBuffer second = buffer(0f, 0f);
    var adam = new AdamStep(0.9f, 0.999f, 1e-8f, 0.1f, 0.001f, 0.5f);
    passes.adam(new Update(p, buffer(4f, -0.01f), 0.1f, 2f), first, second, adam, 0, 2);
    // The first step of Adam is sign(g) * rate; decay takes rate * 0.5 of the parameter itself.
    assertThat(p.toArray()).containsExactly(new float[] {1.8f, -2.75f}, within(1e-5f));
    assertThat(first.get(0)).isCloseTo(0.8f, within(CLOSE));
    assertThat(second.get(0)).isCloseTo(0.064f, within(CLOSE));
  }

  @Test
  void addScaledRoundsOnce() {
    NativeBuffer y = buffer(1f, 1f, 1f);
    passes.addScaled(buffer(2f, 0x1.000002p0f, 2f), 0x1.000002p0f, y, 1, 1);
    assertThat(y.toArray()).containsExactly(1f, Math.fma(0x1.000002p0f, 0x1.000002p0f, 1f), 1f);
  }

  @Test
  void bfloat16RoundsToNearestEven() {
    NativeBuffer x = buffer(1f, 0x1.01p0f, 0x1.03p0f, 0x1.0101p0f, Float.MAX_VALUE, Float.NaN);
    NativeBuffer y = memory.allocate(ElementType.BFLOAT16, 6);
    passes.toBfloat16(x, y);
    var back = new float[6];
    for (int i = 0; i < 6; i++) {
      back[i] = Bfloat16.widen(y.bytes().getShort(2 * i));
    }
    assertThat(back)
        .containsExactly(1f, 1f, 0x1.04p0f, 0x1.02p0f, Float.POSITIVE_INFINITY, Float.NaN);
  }

  private LstmStep step(float... gates) {
    NativeBuffer z = buffer(gates);
    NativeBuffer hidden = memory.floats(1);
    return new LstmStep(z, z, buffer(0.7f), memory.floats(1), memory.floats(1), hidden, hidden);
  }

  private NativeBuffer buffer(float... values) {
    NativeBuffer buffer = memory.floats(values.length);
    buffer.write(0, values, 0, values.length);
    return buffer;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
