package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.RowPasses.MultiplyAdd;
import org.rondo.kernels.RowPasses.Normalization;
import org.rondo.kernels.RowPasses.NormalizationGradients;
import org.rondo.kernels.RowPasses.Rows;

/** The formulas, in double precision; that vector code has the same bits is tested beside it. */
class RowPassesTest {
  private static final float CLOSE = 2e-6f;

  private final NativeMemory memory = new NativeMemory();
  private final Elementwise passes = new JavaElementwise();

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @Test
  void productsAreAddedToOneGateOfEachRow() {
    NativeBuffer gates = buffer(1, 2, 3, 4, 5, 6, 7, 8);
    Rows second = new Rows(gates, 2, 4);
    Rows cell = Rows.of(buffer(10, 20, 30, 40), 2);
    passes.multiplyAdd(MultiplyAdd.into(second, cell, Rows.one(buffer(2, 3))), 2, 2);
    assertThat(gates.toArray()).containsExactly(1, 2, 23, 64, 5, 6, 67, 128);
  }

  @Test
  void oneRowForAllHoldsTheSumOverRows() {
    NativeBuffer sum = buffer(1, 1);
    Rows x = Rows.of(buffer(1, 2, 3, 4), 2);
    passes.multiplyAdd(MultiplyAdd.into(Rows.one(sum), x, Rows.of(buffer(5, 6, 7, 8), 2)), 2, 2);
    assertThat(sum.toArray()).containsExactly(1 + 5 + 21, 1 + 12 + 32);
    passes.addRows(x, Rows.one(sum), 2, 2);
    assertThat(sum.toArray()).containsExactly(27 + 4, 45 + 6);
  }

  @Test
  void normalizedRowsHaveMeanZeroAndVarianceOne() {
    NativeBuffer x = buffer(1, 2, 6, -4, -4, -4);
    Normalization normal = normalization(x);
    passes.normalize(normal, 2, 3);
    double factor = 1 / Math.sqrt(14.0 / 3 + 1e-5);
    assertThat(normal.factor().get(0)).isCloseTo((float) factor, within(CLOSE));
    assertThat(normal.normalized().toArray())
        .containsExactly(
            new float[] {(float) (-2 * factor), (float) -factor, (float) (3 * factor), 0, 0, 0},
            within(CLOSE));
    assertThat(x.get(2)).as("input").isEqualTo(6);
  }

  @Test
  void gradientOfANormalizedRowIsItsSlope() {
    float[] x = {1, 2, 6, -3};
    float[] gain = {1, -2, 0.5f, 1.5f};
    float[] output = {0.3f, 0.7f, -0.2f, 0.4f};
    Normalization normal = normalization(buffer(x));
    passes.normalize(normal, 1, 4);
    NativeBuffer operand = memory.allocate(ElementType.BFLOAT16, 4);
    passes.normalizeBackward(
        normal,
        new NormalizationGradients(buffer(output), buffer(gain), memory.floats(4), operand),
        1,
        4);
    double h = 1e-4;
    for (int j = 0; j < 4; j++) {
      double slope = (objective(x, j, h, gain, output) - objective(x, j, -h, gain, output)) / 2 / h;
      assertThat((double) normal.normalized().get(j)).isCloseTo(slope, within(1e-6));
      assertThat(operand.bytes().getShort(Short.BYTES * j))
          .isEqualTo(Bfloat16.round(normal.normalized().get(j)));
    }
  }

  /** The sum of gain * normalized * output, with one input moved. */
  private static double objective(float[] x, int moved, double by, float[] gain, float[] output) {
    int n = x.length;
    var z = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      z[i] = x[i] + (i == moved ? by : 0);
      mean += z[i] / n;
    }
    double variance = 0;
    for (double value : z) {
      variance += (value - mean) * (value - mean) / n;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += gain[i] * output[i] * (z[i] - mean) / Math.sqrt(variance + 1e-5);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 33})
  void theHalvesOfAnLstmStepAreTheWhole(int units) {
    Map<String, int[]> bits = AllPasses.bits(passes, units);
    assertThat(bits.get("gates in halves")).isEqualTo(bits.get("forward gates"));
    for (String name : new String[] {"cell", "tanhCell", "hidden", "hidden operand"}) {
      assertThat(bits.get(name + " in halves")).as(name).isEqualTo(bits.get(name));
    }
    // The gradient of o, in columns 3H to 4H, has the same formula in both.
    int[] whole = bits.get("backward gates");
    int[] halves = bits.get("backward gates in halves");
    for (int j = 3 * units; j < 4 * units; j++) {
      assertThat(halves[j]).isEqualTo(whole[j]);
    }
  }

  @Test
  void theHalvesOfAnLstmGradientAreTheWholeOnceTheCellsIsAdded() {
    int units = 5;
    NativeBuffer bias = random("bias", 4 * units);
    var whole = new Step(units);
    passes.lstmForward(whole.step, bias, 1, units);
    passes.lstmBackward(whole.step, whole.gradients, 1, units);
    var halves = new Step(units);
    passes.lstmForward(halves.step, bias, 1, units);
    passes.lstmOutputBackward(halves.step, halves.gradients, 1, units);
    passes.addScaled(halves.step.tanhCell(), 1f, halves.gradients.cell(), 0, units);
    passes.lstmCellBackward(halves.step, halves.gradients, 1, units);
    assertThat(halves.step.gates().toArray())
        .containsExactly(whole.step.gates().toArray(), within(CLOSE));
    assertThat(halves.gradients.cell().toArray())
        .containsExactly(whole.gradients.cell().toArray(), within(CLOSE));
    assertThat(halves.gradients.bias().toArray())
        .containsExactly(whole.gradients.bias().toArray(), within(CLOSE));
  }

  private final class Step {
    final GatePasses.LstmStep step;
    final GatePasses.LstmGradients gradients;

    Step(int units) {
      NativeBuffer gates = random("gates", 4 * units);
      NativeBuffer hidden = memory.floats(units);
      step =
          new GatePasses.LstmStep(
              gates,
              gates,
              random("before", units),
              memory.floats(units),
              memory.floats(units),
              hidden,
              hidden);
      gradients =
          new GatePasses.LstmGradients(
              random("dh", units), random("dc", units), gates, memory.floats(4L * units));
    }
  }

  private Normalization normalization(NativeBuffer x) {
    return new Normalization(x, memory.floats(x.length()), memory.floats(2));
  }

  private NativeBuffer random(String name, int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) CounterRandom.of(5).derive(name).gaussian(i);
    }
    return buffer(values);
  }

  private NativeBuffer buffer(float... values) {
    NativeBuffer buffer = memory.floats(values.length);
    buffer.write(0, values, 0, values.length);
    return buffer;
  }
}
