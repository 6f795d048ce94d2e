package org.rondo.models.cells;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Workspace;

/**
 * A buffer of all steps and its parts.
 *
 * @param all {@code (T,B,W)}
 * @param size B*W, the values of one step
 */
public record PerStep(NativeBuffer all, int size) {
  /** Of a buffer of all steps of that workspace. */
  public PerStep(NativeBuffer all, Workspace workspace) {
    this(all, all.length() / workspace.steps());
  }

  /** A new one of float32 zeros. */
  static PerStep floats(Workspace workspace, int width) {
    return new PerStep(workspace.floats((long) workspace.rows() * width), workspace);
  }

  /** The operand of these values. */
  PerStep operand(Workspace workspace) {
    return new PerStep(workspace.operand(all), size);
  }

  /** {@code (B,W)} of step t. */
  public NativeBuffer at(int t) {
    return all.slice(t * size, size);
  }
}
