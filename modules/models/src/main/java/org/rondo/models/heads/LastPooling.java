package org.rondo.models.heads;

import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * What stands at each sequence's own last step. Of a bidirectional layer this is all of the forward
 * half and the first step of the backward half, which has then seen one input only: there mean, max
 * or attention serve better.
 */
final class LastPooling implements Pooling {
  private final Workspace workspace;
  private final Signal input;
  private final Signal output;

  LastPooling(Workspace workspace, Signal input) {
    this.workspace = workspace;
    this.input = input;
    this.output = workspace.signalPerSequence(input.width());
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    int width = input.width();
    for (int b = 0; b < workspace.batch(); b++) {
      if (workspace.lengths()[b] == 0) {
        output.values().clear(b * width, width);
      } else {
        output.values().copy(b * width, input.values(), lastRow(b) * width, width);
      }
    }
  }

  @Override
  public void backward() {
    int width = input.width();
    input.gradient().clear(0, input.gradient().length());
    for (int b = 0; b < workspace.batch(); b++) {
      if (workspace.lengths()[b] > 0) {
        input.gradient().copy(lastRow(b) * width, output.gradient(), b * width, width);
      }
    }
  }

  private int lastRow(int b) {
    return (workspace.lengths()[b] - 1) * workspace.batch() + b;
  }
}
