package org.rondo.models.cells;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Workspace;

/** A {@link GruCell} that resets the candidate's recurrent product: one product per step. */
final class GruResetAfter extends GruSteps {
  GruResetAfter(
      Workspace workspace, int units, Projection projection, NativeBuffer outputGradient) {
    super(workspace, units, 3, projection, outputGradient);
  }

  @Override
  public void forward(int from, int to) {
    recurrent.beginForward();
    for (int t = from; t < to; t++) {
      starts.hide(t, t + 1);
      recurrent.forward(t);
      elementwise.gruForward(buffers[t], bias, batch, units);
      starts.show(t, t + 1);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int t = to - 1; t >= from; t--) {
      starts.beginBackward(t);
      elementwise.gruBackward(buffers[t], gradients[t], batch, units);
      recurrent.backward(t);
      starts.endBackward(t);
    }
  }
}
