package org.rondo.models.heads;

import java.util.Arrays;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** The largest value of each unit over a sequence's steps; of equal ones the first. */
final class MaxPooling implements Pooling {
  private static final int NONE = -1;

  private final Workspace workspace;
  private final Signal input;
  private final Signal output;

  /** {@code (B,H)}: the row of the input that each value came from. */
  private final int[] rows;

  MaxPooling(Workspace workspace, Signal input) {
    this.workspace = workspace;
    this.input = input;
    this.output = workspace.signalPerSequence(input.width());
    this.rows = new int[output.values().length()];
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    output.values().clear(0, output.values().length());
    Arrays.fill(rows, NONE);
    for (int row = 0; row < workspace.rows(); row++) {
      if (!workspace.isPadding(row)) {
        compare(row);
      }
    }
  }

  /** A NaN is larger than every number, so that it is not hidden. */
  private void compare(int row) {
    int width = input.width();
    for (int j = 0; j < width; j++) {
      float value = input.values().get(row * width + j);
      int at = row % workspace.batch() * width + j;
      if (rows[at] == NONE || Float.compare(value, output.values().get(at)) > 0) {
        output.values().set(at, value);
        rows[at] = row;
      }
    }
  }

  @Override
  public void backward() {
    int width = input.width();
    input.gradient().clear(0, input.gradient().length());
    for (int at = 0; at < rows.length; at++) {
      if (rows[at] != NONE) {
        input.gradient().set(rows[at] * width + at % width, output.gradient().get(at));
      }
    }
  }
}
