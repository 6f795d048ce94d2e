package org.rondo.models.heads.decoder;

import java.util.List;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;

/** How well each step of the encoder suits a step of the decoder: one {@link AttentionKind}. */
interface StepScores {
  void beginForward();

  /** Writes the scores of step u. */
  void forward(int u);

  void beginBackward();

  /** From the gradients of step u's scores: adds to that of the decoder's state. */
  void backward(int u);

  /**
   * After step 0 ran backward: adds to the gradient of the keys, and writes those of parameters.
   *
   * @param steps that ran
   */
  void endBackward(int steps);

  static List<ParameterSpec> parameters(AttentionKind kind, int units) {
    return kind == AttentionKind.ADDITIVE
        ? List.of(
            new ParameterSpec(
                AdditiveScores.WEIGHT, List.of(units, units), Initializer.glorot(units, units)),
            new ParameterSpec(AdditiveScores.VECTOR, List.of(units), Initializer.glorot(units, 1)))
        : List.of();
  }
}
