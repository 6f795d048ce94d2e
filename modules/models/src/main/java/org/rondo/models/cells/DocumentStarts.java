package org.rondo.models.cells;

import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Workspace;

/**
 * Where documents begin within a minibatch, see {@link Workspace#starts}: a step there finds zeros
 * in the place of the state before it, and no gradient goes back over the border.
 *
 * <p>Only rows that begin a document are touched, and only for as long as their step runs: h before
 * a step is the output of the step before as well, and that stays what it is. A recurrence
 * surrounds each step with {@link #hide} and {@link #show}, its gradient with {@link
 * #beginBackward} and {@link #endBackward}, and the products over all steps with both of the first.
 */
public final class DocumentStarts {
  private final boolean[] starts;
  private final int steps;
  private final int batch;
  private final int width;
  private final NativeBuffer outputGradient;
  private final NativeBuffer savedGradient;
  private final List<StateHistory> slots;
  private final List<NativeBuffer> carried;

  /**
   * @param outputGradient {@code (T,B,H)}, of h after each step
   * @param slots all slots of the state
   * @param carried {@code (B,W)} each: gradients that a step hands to the step before it otherwise
   *     than by {@code outputGradient}
   */
  public DocumentStarts(
      Workspace workspace,
      NativeBuffer outputGradient,
      List<StateHistory> slots,
      List<NativeBuffer> carried) {
    this.starts = workspace.starts();
    this.steps = starts.length == 0 ? 0 : workspace.steps();
    this.batch = workspace.batch();
    this.width = outputGradient.length() / workspace.rows();
    this.outputGradient = outputGradient;
    this.savedGradient =
        steps == 0 ? outputGradient.slice(0, 0) : workspace.gradientFloats((long) batch * width);
    this.slots = List.copyOf(slots);
    this.carried = List.copyOf(carried);
  }

  /** Before steps {@code [from, to)} run: zeros in the place of the state before their starts. */
  public void hide(int from, int to) {
    for (int row = from * batch; steps > 0 && row < to * batch; row++) {
      for (int i = 0; starts[row] && i < slots.size(); i++) {
        slots.get(i).hideBefore(row);
      }
    }
  }

  /** After these steps ran: the state again that the steps before them gave. */
  public void show(int from, int to) {
    for (int row = from * batch; steps > 0 && row < to * batch; row++) {
      for (int i = 0; starts[row] && i < slots.size(); i++) {
        slots.get(i).showBefore(row);
      }
    }
  }

  /** Before step t runs backward. */
  public void beginBackward(int t) {
    hide(t, t + 1);
    for (int b = 0; steps > 0 && t > 0 && b < batch; b++) {
      if (starts[t * batch + b]) {
        int before = ((t - 1) * batch + b) * width;
        savedGradient.copy(b * width, outputGradient, before, width);
      }
    }
  }

  /** After step t ran backward: nothing of its gradient is left for the step before its starts. */
  public void endBackward(int t) {
    show(t, t + 1);
    for (int b = 0; steps > 0 && b < batch; b++) {
      if (starts[t * batch + b]) {
        if (t > 0) {
          outputGradient.copy(((t - 1) * batch + b) * width, savedGradient, b * width, width);
        }
        for (int i = 0; i < carried.size(); i++) {
          int columns = carried.get(i).length() / batch;
          carried.get(i).clear(b * columns, columns);
        }
      }
    }
  }
}
