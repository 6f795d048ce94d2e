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
      recurrent.forward(t);
      elementwise.gruForward(buffers[t], bias, batch, units);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int t = to - 1; t >= from; t--) {
      elementwise.gruBackward(buffers[t], gradients[t], batch, units);
      recurrent.backward(t);
    }
  }
}
