package org.rondo.models.layers;

import java.util.Locale;
import org.rondo.models.InputLayer;
import org.rondo.models.LayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.MinibatchCheck;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The input of a network of values: hands {@code (T,B,F)} on as they are, zeros behind each
 * sequence's end. Has no parameters.
 */
public final class ValuesLayer implements InputLayer {
  private final Workspace workspace;
  private final Signal output;

  public ValuesLayer(Workspace workspace, LayerSpec.Values spec) {
    this.workspace = workspace;
    this.output = workspace.signal(spec.width());
  }

  @Override
  public Signal output() {
    return output;
  }

  /** Every value of a sequence must be a finite number; those of its padding are not read. */
  @Override
  public void check(Minibatch minibatch) {
    float[] values = minibatch.values();
    int width = output.width();
    if (values.length != output.values().length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a minibatch of %d values, the network takes T*B*F = %d*%d*%d; make it by Minibatch.forNetwork",
              values.length,
              minibatch.steps(),
              minibatch.batch(),
              width));
    }
    for (int row = 0; row < workspace.rows(); row++) {
      int b = row % minibatch.batch();
      int t = row / minibatch.batch();
      if (t < minibatch.lengths()[b]) {
        MinibatchCheck.requireFinite("input value", values, row, width, minibatch.batch());
      }
    }
  }

  @Override
  public void forward(Minibatch minibatch) {
    output.values().write(0, minibatch.values(), 0, minibatch.values().length);
    workspace.clearPadding(output.values(), output.width());
    workspace.round(output.values(), output.operand());
  }
}
