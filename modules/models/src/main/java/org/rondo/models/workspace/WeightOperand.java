package org.rondo.models.workspace;

import org.rondo.kernels.NativeBuffer;

/**
 * A weight matrix as products read it: in float32 the weights themselves, in bfloat16 a rounded
 * copy, made anew once after each change however many layouts it is packed into.
 */
public final class WeightOperand {
  private final Workspace workspace;
  private final NativeBuffer weights;
  private final NativeBuffer values;
  private long version;
  private long rounded = -1;

  /**
   * @param weights the parameter, or what a {@link WeightDrop} leaves of it
   */
  WeightOperand(Workspace workspace, NativeBuffer weights) {
    this.workspace = workspace;
    this.weights = weights;
    this.values = workspace.operand(weights);
  }

  /** What products are bound to. */
  public NativeBuffer values() {
    return values;
  }

  /** Rounds if the weights changed since the last time; to be called before each use. */
  public void refresh() {
    if (rounded != version) {
      workspace.round(weights, values);
      rounded = version;
    }
  }

  /** Counts the changes. */
  long version() {
    return version;
  }

  void changed() {
    version++;
  }
}
