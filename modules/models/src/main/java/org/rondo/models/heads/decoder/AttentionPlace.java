package org.rondo.models.heads.decoder;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.PerStep;
import org.rondo.models.workspace.Workspace;

/**
 * What attention stands between: U steps of the decoder, of R rows each, and the encoder's T steps
 * of B sequences; row r belongs to sequence {@code r % B}.
 *
 * @param source the encoder's workspace, {@code (T,B)}
 * @param target the decoder's workspace, {@code (U,R)}
 * @param states {@code (U,R,H)}: the decoder's states
 * @param stateOperands their operand
 * @param stateGradients {@code (U,R,H)}: what is added to
 * @param weights {@code (U,R,T)}: scores, then weights
 * @param scoreGradients {@code (U,R,T)}: gradients of the weights, then of the scores
 */
record AttentionPlace(
    Workspace source,
    Workspace target,
    AttentionKeys keys,
    PerStep states,
    NativeBuffer stateOperands,
    PerStep stateGradients,
    PerStep weights,
    PerStep scoreGradients) {
  /** Those of attention over the states of a layer. */
  static AttentionPlace over(
      Workspace source, Workspace target, AttentionKeys keys, DecoderLayer states) {
    long size = (long) target.rows() * source.steps();
    return new AttentionPlace(
        source,
        target,
        keys,
        new PerStep(states.output(), target),
        states.outputOperand(),
        new PerStep(states.outputGradient(), target),
        new PerStep(target.floats(size), target),
        new PerStep(target.gradientFloats(size), target));
  }

  /** R. */
  int rows() {
    return target.batch();
  }

  /** Of the encoder's sequences. */
  int[] lengths() {
    return source.lengths();
  }
}
