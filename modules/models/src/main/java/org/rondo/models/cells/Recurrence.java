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

  /**
   * All steps, last to first, after {@link #forward}: writes the gradients of the projection and of
   * the cell's own parameters. Nothing flows into the state before the first step.
   */
  void backward();
}
