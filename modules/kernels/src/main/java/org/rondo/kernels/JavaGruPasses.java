package org.rondo.kernels;

import java.nio.ByteBuffer;

/**
 * The passes of a GRU in plain Java: the reference, and the frame that faster implementations fill
 * in, as {@link JavaElementwise} says. The protected methods work on the units {@code [from,
 * units)} of one row.
 */
abstract class JavaGruPasses extends JavaGatePasses {
  @Override
  public final void gruForward(GruStep step, NativeBuffer bias, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      gruGates(step, bias.bytes(), 3 * row * units, 3 * row * units, 2 * units, 0);
      gruResetSum(step, bias.bytes(), row, units, 0);
      gruHidden(step, bias.bytes(), row, units, 0);
      round(step.hidden(), step.hiddenOperand(), row * units, units);
    }
  }

  @Override
  public final void gruBackward(GruStep step, GruGradients gradients, int batch, int units) {
    ByteBuffer bias = gradients.bias().bytes();
    for (int row = 0; row < batch; row++) {
      int at = 3 * row * units;
      gruCandidateGradient(step, gradients, row, units, 0);
      gruResetSumGradient(step, row, units, 0);
      add(step.gates().bytes(), at, bias, 0, 3 * units);
      add(step.recurrent().bytes(), at + 2 * units, bias, 3 * units, units);
      round(step.gates(), step.gateGradient(), at, 3 * units);
      copy(step.gateGradient(), at, step.recurrentGradient(), at, 2 * units);
      round(step.recurrent(), step.recurrentGradient(), at + 2 * units, units);
    }
  }

  @Override
  public final void gruResetForward(
      GruStep step, GruReset reset, NativeBuffer bias, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      gruGates(step, bias.bytes(), 3 * row * units, 2 * row * units, 2 * units, 0);
      gruResetState(step, reset, row, units, 0);
      round(reset.state(), reset.stateOperand(), row * units, units);
    }
  }

  @Override
  public final void gruCandidateForward(
      GruStep step, GruReset reset, NativeBuffer bias, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      int candidate = (3 * row + 2) * units;
      add(reset.candidate().bytes(), row * units, step.gates().bytes(), candidate, units);
      gruHidden(step, bias.bytes(), row, units, 0);
      round(step.hidden(), step.hiddenOperand(), row * units, units);
    }
  }

  @Override
  public final void gruCandidateBackward(
      GruStep step, GruReset reset, GruGradients gradients, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      gruCandidateGradient(step, gradients, row, units, 0);
      int candidate = (3 * row + 2) * units;
      copy(step.gates(), candidate, reset.candidate(), row * units, units);
      round(reset.candidate(), reset.candidateGradient(), row * units, units);
    }
  }

  @Override
  public final void gruResetBackward(
      GruStep step, GruReset reset, GruGradients gradients, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      int at = 3 * row * units;
      gruResetStateGradient(step, reset, gradients, row, units, 0);
      add(step.gates().bytes(), at, gradients.bias().bytes(), 0, 3 * units);
      round(step.gates(), step.gateGradient(), at, 3 * units);
      copy(step.gateGradient(), at, step.recurrentGradient(), 2 * row * units, 2 * units);
    }
  }

  /**
   * {@code gates = sigmoid(gates + recurrent + bias)}.
   *
   * @param at position in {@code gates}
   * @param productAt position in {@code recurrent}
   */
  protected void gruGates(
      GruStep step, ByteBuffer bias, int at, int productAt, int count, int from) {
    ByteBuffer gates = step.gates().bytes();
    for (int j = from; j < count; j++) {
      float sum = get(gates, at + j) + get(step.recurrent().bytes(), productAt + j);
      put(gates, at + j, Approximation.sigmoid(sum + get(bias, j)));
    }
  }

  /** {@code q = recurrent + bias; gates = gates + r*q} of n; q is left in {@code recurrent}. */
  protected void gruResetSum(GruStep step, ByteBuffer bias, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer recurrent = step.recurrent().bytes();
    for (int j = from; j < units; j++) {
      int gate = 3 * row * units + j;
      int candidate = gate + 2 * units;
      float q = get(recurrent, candidate) + get(bias, 3 * units + j);
      put(recurrent, candidate, q);
      put(gates, candidate, Math.fma(get(gates, gate), q, get(gates, candidate)));
    }
  }

  /** {@code n = tanh(gates + bias); h' = n + z*(h - n)}. */
  protected void gruHidden(GruStep step, ByteBuffer bias, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int update = (3 * row + 1) * units + j;
      int candidate = update + units;
      float n = Approximation.tanh(get(gates, candidate) + get(bias, 2 * units + j));
      float before = get(step.hiddenBefore().bytes(), at);
      put(gates, candidate, n);
      put(step.hidden().bytes(), at, Math.fma(before - n, get(gates, update), n));
    }
  }

  /** {@code state = r*h}. */
  protected void gruResetState(GruStep step, GruReset reset, int row, int units, int from) {
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      float r = get(step.gates().bytes(), 3 * row * units + j);
      put(reset.state().bytes(), at, r * get(step.hiddenBefore().bytes(), at));
    }
  }

  /** From dh' to the gradients of z and n in {@code gates}; adds {@code dh'*z} to that of h. */
  protected void gruCandidateGradient(
      GruStep step, GruGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer dhBefore = gradients.hiddenBefore().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int update = (3 * row + 1) * units + j;
      int candidate = update + units;
      float z = get(gates, update);
      float n = get(gates, candidate);
      float dh = get(gradients.hidden().bytes(), at);
      float dz = dh * (get(step.hiddenBefore().bytes(), at) - n);
      put(gates, update, dz * Math.fma(-z, z, z));
      put(gates, candidate, Math.fma(-dh, z, dh) * Math.fma(-n, n, 1f));
      put(dhBefore, at, Math.fma(dh, z, get(dhBefore, at)));
    }
  }

  /** Backward of {@link #gruResetSum}: the gradients of r, and of q to {@code recurrent}. */
  protected void gruResetSumGradient(GruStep step, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer recurrent = step.recurrent().bytes();
    for (int j = from; j < units; j++) {
      int reset = 3 * row * units + j;
      int candidate = reset + 2 * units;
      float r = get(gates, reset);
      float dn = get(gates, candidate);
      put(gates, reset, dn * get(recurrent, candidate) * Math.fma(-r, r, r));
      put(recurrent, candidate, dn * r);
    }
  }

  /** Backward of {@link #gruResetState}: the gradient of r; adds {@code ds*r} to that of h. */
  protected void gruResetStateGradient(
      GruStep step, GruReset reset, GruGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer dhBefore = gradients.hiddenBefore().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int gate = 3 * row * units + j;
      float r = get(gates, gate);
      float ds = get(reset.stateGradient().bytes(), at);
      float dr = ds * get(step.hiddenBefore().bytes(), at);
      put(gates, gate, dr * Math.fma(-r, r, r));
      put(dhBefore, at, Math.fma(ds, r, get(dhBefore, at)));
    }
  }

  private static void copy(NativeBuffer from, int at, NativeBuffer to, int toAt, int count) {
    int size = from.type().bytes();
    to.bytes().put(toAt * size, from.bytes(), at * size, count * size);
  }
}
