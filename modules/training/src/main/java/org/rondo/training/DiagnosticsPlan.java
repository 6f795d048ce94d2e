package org.rondo.training;

import java.io.Serializable;

/**
 * What is measured beside the training, without a change to its bits.
 *
 * @param gradients whether each round tells how far back gradients reach, see {@link
 *     org.rondo.models.Network#gradientFlow}; costs one forward and backward pass more per round
 */
public record DiagnosticsPlan(boolean gradients) implements Serializable {
  /** Nothing. */
  public static final DiagnosticsPlan NONE = new DiagnosticsPlan(false);
}
