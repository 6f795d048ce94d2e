package org.rondo.kernels;

import java.nio.ByteBuffer;

/**
 * The passes of recurrent cells in plain Java: the reference, and the frame that faster
 * implementations fill in, as {@link JavaElementwise} says.
 */
abstract class JavaGatePasses extends JavaRowPasses implements GatePasses {
  @Override
  public final void lstmForward(LstmStep step, NativeBuffer bias, int batch, int units) {
    ByteBuffer gates = step.gates().bytes();
    for (int row = 0; row < batch; row++) {
      int at = row * 4 * units;
      sigmoid(gates, at, bias.bytes(), 0, 2 * units);
      tanh(gates, at + 2 * units, bias.bytes(), 2 * units, units);
      sigmoid(gates, at + 3 * units, bias.bytes(), 3 * units, units);
      lstmCell(step, row * units, at, units, 0);
      lstmHidden(step, row * units, at + 3 * units, units);
      round(step.hidden(), step.hiddenOperand(), row * units, units);
    }
  }

  @Override
  public final void lstmBackward(LstmStep step, LstmGradients gradients, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      int at = row * 4 * units;
      lstmGradient(step, gradients, row, units, 0);
      add(gradients.gates().bytes(), at, gradients.bias().bytes(), 0, 4 * units);
      round(gradients.gates(), step.gateGradient(), at, 4 * units);
    }
  }

  @Override
  public final void lstmCellForward(LstmStep step, NativeBuffer bias, int batch, int units) {
    ByteBuffer gates = step.gates().bytes();
    for (int row = 0; row < batch; row++) {
      int at = row * 4 * units;
      sigmoid(gates, at, bias.bytes(), 0, 2 * units);
      tanh(gates, at + 2 * units, bias.bytes(), 2 * units, units);
      lstmCell(step, row * units, at, units, 0);
    }
  }

  @Override
  public final void lstmOutputForward(LstmStep step, NativeBuffer bias, int batch, int units) {
    ByteBuffer gates = step.gates().bytes();
    for (int row = 0; row < batch; row++) {
      int output = (row * 4 + 3) * units;
      sigmoid(gates, output, bias.bytes(), 3 * units, units);
      lstmHidden(step, row * units, output, units);
      round(step.hidden(), step.hiddenOperand(), row * units, units);
    }
  }

  @Override
  public final void lstmOutputBackward(
      LstmStep step, LstmGradients gradients, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      lstmOutputGradient(step, gradients, row, units, 0);
    }
  }

  @Override
  public final void lstmCellBackward(LstmStep step, LstmGradients gradients, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      int at = row * 4 * units;
      lstmCellGradient(step, gradients, row, units, 0);
      add(gradients.gates().bytes(), at, gradients.bias().bytes(), 0, 4 * units);
      round(gradients.gates(), step.gateGradient(), at, 4 * units);
    }
  }

  @Override
  public final void vanillaForward(
      VanillaStep step, Activation activation, NativeBuffer bias, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      int at = row * units;
      switch (activation) {
        case TANH -> vanillaTanh(step, bias.bytes(), at, units, 0);
        case RELU -> vanillaRelu(step, bias.bytes(), at, units, 0);
        case SIGMOID -> vanillaSigmoid(step, bias.bytes(), at, units, 0);
        case IDENTITY -> vanillaIdentity(step, bias.bytes(), at, units);
      }
      round(step.hidden(), step.hiddenOperand(), at, units);
    }
  }

  @Override
  public final void vanillaBackward(
      VanillaStep step, Activation activation, VanillaGradients gradients, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      int at = row * units;
      switch (activation) {
        case TANH -> tanhGradient(step, gradients.hidden().bytes(), at, units);
        case RELU -> reluGradient(step, gradients.hidden().bytes(), at, units);
        case SIGMOID -> sigmoidGradient(step, gradients.hidden().bytes(), at, units);
        case IDENTITY -> copy(gradients.hidden().bytes(), step.sums().bytes(), at, units);
      }
      add(step.sums().bytes(), at, gradients.bias().bytes(), 0, units);
      round(step.sums(), step.sumGradient(), at, units);
    }
  }

  /** {@code x = sigmoid(x + bias)}. */
  protected void sigmoid(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    for (int j = 0; j < count; j++) {
      put(x, at + j, Approximation.sigmoid(get(x, at + j) + get(bias, biasAt + j)));
    }
  }

  /** {@code x = tanh(x + bias)}. */
  protected void tanh(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    for (int j = 0; j < count; j++) {
      put(x, at + j, Approximation.tanh(get(x, at + j) + get(bias, biasAt + j)));
    }
  }

  /**
   * {@code c = f*cBefore + i*g} for units {@code [from, units)} of one row.
   *
   * @param at position of the row in {@code cell}
   * @param gatesAt position of the row in {@code gates}
   */
  protected void lstmCell(LstmStep step, int at, int gatesAt, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    for (int j = from; j < units; j++) {
      float input = get(gates, gatesAt + j) * get(gates, gatesAt + 2 * units + j);
      float forget = get(gates, gatesAt + units + j);
      float before = get(step.cellBefore().bytes(), at + j);
      put(step.cell().bytes(), at + j, Math.fma(before, forget, input));
    }
  }

  /**
   * {@code tanhCell = tanh(c); h = o * tanhCell}.
   *
   * @param at position in {@code cell}, {@code tanhCell}, {@code hidden}
   * @param outputAt position of o in {@code gates}
   */
  protected void lstmHidden(LstmStep step, int at, int outputAt, int count) {
    for (int j = 0; j < count; j++) {
      float tanh = Approximation.tanh(get(step.cell().bytes(), at + j));
      put(step.tanhCell().bytes(), at + j, tanh);
      put(step.hidden().bytes(), at + j, tanh * get(step.gates().bytes(), outputAt + j));
    }
  }

  /** {@link #lstmBackward} for units {@code [from, units)} of one row. */
  protected void lstmGradient(
      LstmStep step, LstmGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer target = gradients.gates().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int gate = row * 4 * units + j;
      float i = get(gates, gate);
      float f = get(gates, gate + units);
      float g = get(gates, gate + 2 * units);
      float o = get(gates, gate + 3 * units);
      float t = get(step.tanhCell().bytes(), at);
      float dh = get(gradients.hidden().bytes(), at);
      float dc = Math.fma(dh * o, Math.fma(-t, t, 1f), get(gradients.cell().bytes(), at));
      float before = get(step.cellBefore().bytes(), at);
      put(target, gate, dc * g * Math.fma(-i, i, i));
      put(target, gate + units, dc * before * Math.fma(-f, f, f));
      put(target, gate + 2 * units, dc * i * Math.fma(-g, g, 1f));
      put(target, gate + 3 * units, dh * t * Math.fma(-o, o, o));
      put(gradients.cell().bytes(), at, dc * f);
    }
  }

  /** {@link #lstmOutputBackward} for units {@code [from, units)} of one row. */
  protected void lstmOutputGradient(
      LstmStep step, LstmGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer target = gradients.gates().bytes();
    ByteBuffer tanhCell = step.tanhCell().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int gate = (row * 4 + 3) * units + j;
      float o = get(gates, gate);
      float t = get(tanhCell, at);
      float dh = get(gradients.hidden().bytes(), at);
      put(target, gate, dh * t * Math.fma(-o, o, o));
      put(tanhCell, at, dh * o * Math.fma(-t, t, 1f));
    }
  }

  /** {@link #lstmCellBackward} for units {@code [from, units)} of one row, but for the bias. */
  protected void lstmCellGradient(
      LstmStep step, LstmGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer target = gradients.gates().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int gate = row * 4 * units + j;
      float i = get(gates, gate);
      float f = get(gates, gate + units);
      float g = get(gates, gate + 2 * units);
      float dc = get(gradients.cell().bytes(), at);
      float before = get(step.cellBefore().bytes(), at);
      put(target, gate, dc * g * Math.fma(-i, i, i));
      put(target, gate + units, dc * before * Math.fma(-f, f, f));
      put(target, gate + 2 * units, dc * i * Math.fma(-g, g, 1f));
      put(gradients.cell().bytes(), at, dc * f);
    }
  }

  /** {@code h = tanh(sums + bias)} for units {@code [from, units)} of the row that begins at. */
  protected void vanillaTanh(VanillaStep step, ByteBuffer bias, int at, int units, int from) {
    for (int j = from; j < units; j++) {
      float sum = get(step.sums().bytes(), at + j) + get(bias, j);
      put(step.hidden().bytes(), at + j, Approximation.tanh(sum));
    }
  }

  /** {@code h = max(sums + bias, 0)} for units {@code [from, units)} of the row that begins at. */
  protected void vanillaRelu(VanillaStep step, ByteBuffer bias, int at, int units, int from) {
    for (int j = from; j < units; j++) {
      float sum = get(step.sums().bytes(), at + j) + get(bias, j);
      put(step.hidden().bytes(), at + j, Math.max(sum, 0f));
    }
  }

  /** {@code sums = dh (1 - h^2)}. */
  protected void tanhGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    for (int j = at; j < at + count; j++) {
      float h = get(step.hidden().bytes(), j);
      put(step.sums().bytes(), j, get(dh, j) * Math.fma(-h, h, 1f));
    }
  }

  /** {@code sums = dh} where h is not 0, else 0. */
  protected void reluGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    for (int j = at; j < at + count; j++) {
      boolean cut = get(step.hidden().bytes(), j) == 0f;
      put(step.sums().bytes(), j, cut ? 0f : get(dh, j));
    }
  }

  /** {@code h = sigmoid(sums + bias)} for units {@code [from, units)} of the row that begins at. */
  protected void vanillaSigmoid(VanillaStep step, ByteBuffer bias, int at, int units, int from) {
    for (int j = from; j < units; j++) {
      float sum = get(step.sums().bytes(), at + j) + get(bias, j);
      put(step.hidden().bytes(), at + j, Approximation.sigmoid(sum));
    }
  }

  /** {@code sums = dh (h - h^2)}. */
  protected void sigmoidGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    for (int j = at; j < at + count; j++) {
      float h = get(step.hidden().bytes(), j);
      put(step.sums().bytes(), j, get(dh, j) * Math.fma(-h, h, h));
    }
  }

  private void vanillaIdentity(VanillaStep step, ByteBuffer bias, int at, int units) {
    copy(step.sums().bytes(), step.hidden().bytes(), at, units);
    add(bias, 0, step.hidden().bytes(), at, units);
  }

  private static void copy(ByteBuffer from, ByteBuffer to, int at, int count) {
    to.put(at * Float.BYTES, from, at * Float.BYTES, count * Float.BYTES);
  }
}
