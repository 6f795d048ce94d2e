package org.rondo.models.heads.decoder;

import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * What the decoder's steps compare their states with: {@code (T,B,W)}, made of the encoder's
 * outputs once for all steps of the decoder.
 */
interface AttentionKeys {
  /** {@code (T,B,W)}. */
  NativeBuffer values();

  /** {@code (T,B,W)}: what steps add to between {@link #clearGradient} and {@link #backward}. */
  NativeBuffer gradient();

  /** W. */
  int width();

  void forward();

  void clearGradient();

  /** Adds to the gradient of the encoder's outputs. */
  void backward();

  /**
   * Those of one kind of attention.
   *
   * @param source the encoder's workspace
   * @param units H
   */
  static AttentionKeys of(AttentionKind kind, Workspace source, Signal input, int units) {
    return kind == AttentionKind.DOT ? new Outputs(input) : new ProjectedKeys(source, input, units);
  }

  static List<ParameterSpec> parameters(AttentionKind kind, int inputs, int units) {
    return kind == AttentionKind.DOT ? List.of() : ProjectedKeys.parameters(inputs, units);
  }

  /** The encoder's outputs as they are, whose gradient is added to in place. */
  record Outputs(Signal input) implements AttentionKeys {
    @Override
    public NativeBuffer values() {
      return input.values();
    }

    @Override
    public NativeBuffer gradient() {
      return input.gradient();
    }

    @Override
    public int width() {
      return input.width();
    }

    @Override
    public void forward() {}

    @Override
    public void clearGradient() {}

    @Override
    public void backward() {}
  }
}
