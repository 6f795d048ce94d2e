package org.rondo.models.workspace;

import org.rondo.kernels.NativeBuffer;

/**
 * A weight matrix as products read it: in float32 the parameter itself, in bfloat16 a rounded copy,
 * made anew once after each change however many layouts it is packed into.
 */
public final class WeightOperand {
  private final Workspace workspace;
  private final NativeBuffer parameter;
  private final NativeBuffer values;
  private boolean stale = true;

  WeightOperand(Workspace workspace, NativeBuffer parameter) {
    this.workspace = workspace;
    this.parameter = parameter;
    this.values = workspace.operand(parameter);
  }

  /** What products are bound to. */
  public NativeBuffer values() {
    return values;
  }

  /** Rounds if the parameters changed since the last time; to be called before each use. */
  public void refresh() {
    if (stale) {
      workspace.round(parameter, values);
      stale = false;
    }
  }

  void parametersChanged() {
    stale = true;
  }
}
