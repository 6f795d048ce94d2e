package org.rondo.models.layers;

import org.rondo.models.InputLayer;
import org.rondo.models.Minibatch;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The input of a network of values: hands {@code (T,B,F)} on as they are, zeros behind each
 * sequence's end. Has no parameters.
 */
final class ValuesLayer implements InputLayer {
  private final Workspace workspace;
  private final Signal output;

  ValuesLayer(Workspace workspace, int width) {
    this.workspace = workspace;
    this.output = workspace.signal(width).ofData();
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(Minibatch minibatch) {
    output.values().write(0, minibatch.values(), 0, minibatch.values().length);
    workspace.clearPadding(output.values(), output.width());
    workspace.round(output.values(), output.operand());
  }
}
