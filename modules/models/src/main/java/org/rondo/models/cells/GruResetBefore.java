package org.rondo.models.cells;

import org.rondo.kernels.GatePasses.GruReset;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.workspace.Workspace;

/**
 * A {@link GruCell} that resets the state before the candidate's recurrent product: two products
 * per step, the second of r*h.
 */
final class GruResetBefore extends GruSteps {
  private final GruReset[] resets;
  private final StepProducts candidate;

  GruResetBefore(
      Workspace workspace, int units, Projection projection, NativeBuffer outputGradient) {
    super(workspace, units, 2, projection, outputGradient);
    long length = (long) workspace.rows() * units;
    NativeBuffer state = workspace.floats(length);
    NativeBuffer stateOperand = workspace.operand(state);
    NativeBuffer stateGradient = workspace.floats((long) batch * units);
    NativeBuffer products = workspace.floats(length);
    NativeBuffer productGradient = workspace.operand(products);
    this.resets = new GruReset[steps];
    for (int t = 0; t < steps; t++) {
      resets[t] =
          new GruReset(
              step(state, t),
              step(stateOperand, t),
              stateGradient,
              step(products, t),
              step(productGradient, t));
    }
    this.candidate =
        new StepProducts(
            workspace,
            GruCell.CANDIDATE_WEIGHT,
            stateOperand,
            productGradient,
            Results.written(t -> resets[t].candidate()),
            Results.written(t -> stateGradient));
  }

  @Override
  public void forward(int from, int to) {
    recurrent.beginForward();
    candidate.beginForward();
    for (int t = from; t < to; t++) {
      starts.hide(t, t + 1);
      recurrent.forward(t);
      elementwise.gruResetForward(buffers[t], resets[t], bias, batch, units);
      candidate.forward(t);
      elementwise.gruCandidateForward(buffers[t], resets[t], bias, batch, units);
      starts.show(t, t + 1);
    }
  }

  @Override
  public void beginBackward() {
    super.beginBackward();
    candidate.beginBackward();
  }

  @Override
  public void backward(int from, int to) {
    for (int t = to - 1; t >= from; t--) {
      starts.beginBackward(t);
      elementwise.gruCandidateBackward(buffers[t], resets[t], gradients[t], batch, units);
      candidate.backward(t);
      elementwise.gruResetBackward(buffers[t], resets[t], gradients[t], batch, units);
      recurrent.backward(t);
      starts.endBackward(t);
    }
  }

  @Override
  public void endBackward(int steps) {
    super.endBackward(steps);
    candidate.weightGradient(steps);
  }
}
