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
  public void backward() {
    recurrent.beginBackward();
    biasGradient.clear(0, biasGradient.length());
    for (int t = steps - 1; t >= 0; t--) {
      elementwise.gruBackward(buffers[t], gradients[t], batch, units);
      recurrent.backward(t);
    }
    recurrent.weightGradient();
  }
}
