package org.rondo.models.cells;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Workspace;

/** A {@link Cell} with its buffers, over the T steps of one minibatch after another. */
public interface Recurrence {
  /** {@code (T,B,H)}: h after each step. */
  NativeBuffer output();

  /** The operand of {@link #output}. */
  NativeBuffer outputOperand();

  /**
   * Sets the state before the first step from {@code state[at..]}: slots of {@link
   * Cell#stateWidths} in order, each {@code (B,width)}.
   */
  void loadState(float[] state, int at);

  /**
   * Writes the state after each sequence's own last step ({@link Workspace#lengths}), as {@link
   * #loadState} reads it.
   */
  void storeState(float[] state, int at);

  /**
   * Steps {@code [from, to)}, first to last, after all steps before them: the layer projects the
   * input of a few steps and has them run while their projection is in the cache.
   */
  void forward(int from, int to);

  /** To be called before the first {@link #backward} of a minibatch. */
  void beginBackward();

  /**
   * Steps {@code [from, to)}, last to first, after {@link #forward} and after all steps behind them
   * that run backward: writes the gradient of their projection.
   */
  void backward(int from, int to);

  /**
   * After step 0 ran backward: writes the gradients of the cell's own parameters.
   *
   * @param steps that ran, T or fewer; of a workspace of {@link Workspace#parts parts}, what stands
   *     behind fewer is lost
   */
  void endBackward(int steps);

  /**
   * After step 0 ran backward, at most once: writes the gradient of the state before it, as {@link
   * #loadState} takes that state. A layer that carries its state has no use for it, since what was
   * before the minibatch is not learned from.
   */
  void storeStateGradient(float[] gradient, int at);
}
