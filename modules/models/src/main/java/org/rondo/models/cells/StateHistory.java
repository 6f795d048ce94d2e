package org.rondo.models.cells;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Workspace;

/**
 * One slot of a recurrence's state before the first and after each of T steps: {@code (T+1,B,W)},
 * with its operand for products.
 */
public final class StateHistory {
  private final Workspace workspace;
  private final int width;
  private final int size;
  private final NativeBuffer values;
  private final NativeBuffer operand;
  private final NativeBuffer first;
  private final NativeBuffer firstOperand;

  /** What is hidden of {@link #values} and {@link #operand}, at the same places. */
  private final NativeBuffer hidden;

  private final NativeBuffer hiddenOperand;

  private StateHistory(Workspace workspace, int width, boolean multiplied) {
    this.workspace = workspace;
    this.width = width;
    this.size = workspace.batch() * width;
    this.values = workspace.floats((workspace.steps() + 1L) * size);
    this.operand = multiplied ? workspace.operand(values) : values;
    this.first = before(0);
    this.firstOperand = operandBefore(0);
    boolean hides = workspace.starts().length > 0;
    this.hidden = hides ? workspace.floats(values.length()) : values.slice(0, 0);
    this.hiddenOperand =
        hides && operand != values ? workspace.operands(values.length()) : operand.slice(0, 0);
  }

  /** A state that products read, such as h. */
  public static StateHistory multiplied(Workspace workspace, int width) {
    return new StateHistory(workspace, width, true);
  }

  /** A state that no product reads, such as the c of an LSTM. */
  public static StateHistory elementwise(Workspace workspace, int width) {
    return new StateHistory(workspace, width, false);
  }

  /** {@code (B,W)} before step t; also the state after step t-1. */
  public NativeBuffer before(int t) {
    return values.slice(t * size, size);
  }

  /** {@code (B,W)} after step t. */
  public NativeBuffer after(int t) {
    return before(t + 1);
  }

  /** The operand of {@link #before}. */
  public NativeBuffer operandBefore(int t) {
    return operand.slice(t * size, size);
  }

  /** The operand of {@link #after}. */
  public NativeBuffer operandAfter(int t) {
    return operandBefore(t + 1);
  }

  /** {@code (T,B,W)}: the operand before each step, from which the recurrent weights learn. */
  public NativeBuffer operandsBefore() {
    return operand.slice(0, workspace.steps() * size);
  }

  /** {@code (T,B,W)} after each step. */
  public NativeBuffer output() {
    return values.slice(size, workspace.steps() * size);
  }

  /** The operand of {@link #output}. */
  public NativeBuffer outputOperand() {
    return operand.slice(size, workspace.steps() * size);
  }

  /** Puts zeros in the place of the state before a row of {@code (T,B)}, and remembers that. */
  void hideBefore(int row) {
    hidden.copy(row * width, values, row * width, width);
    values.clear(row * width, width);
    if (operand != values) {
      hiddenOperand.copy(row * width, operand, row * width, width);
      operand.clear(row * width, width);
    }
  }

  /** Undoes {@link #hideBefore}. */
  void showBefore(int row) {
    values.copy(row * width, hidden, row * width, width);
    if (operand != values) {
      operand.copy(row * width, hiddenOperand, row * width, width);
    }
  }

  /**
   * Sets the state before the first step from {@code state[at..]}, {@code (B,W)}.
   *
   * @return where the next slot begins
   */
  public int load(float[] state, int at) {
    first.write(0, state, at, size);
    workspace.round(first, firstOperand);
    return at + size;
  }

  /**
   * Writes each sequence's state after its own last step to {@code state[at..]}, {@code (B,W)}.
   *
   * @return where the next slot begins
   */
  public int store(float[] state, int at) {
    for (int b = 0; b < workspace.batch(); b++) {
      int from = workspace.lengths()[b] * size + b * width;
      values.read(from, state, at + b * width, width);
    }
    return at + size;
  }
}
