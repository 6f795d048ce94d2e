package org.rondo.evaluation;

import org.rondo.models.Minibatch;

/**
 * What a network predicted for one sequence: N predictions of O outputs each, one for the whole
 * sequence or one for each of its steps. Classes, or values: then {@code targets} says which count.
 *
 * @param targets {@code (N)}: the right classes, or 0 where a target is values; {@link
 *     Minibatch#NO_TARGET} where there is none
 * @param classes {@code (N)}: the predicted classes; empty where targets are values
 * @param outputs O
 * @param scores {@code (N,O)}: scores before the softmax, or the predicted values
 * @param targetValues {@code (N,O)}; empty where targets are classes
 */
public record Predictions(
    int[] targets, int[] classes, int outputs, float[] scores, float[] targetValues) {
  /** N. */
  public int count() {
    return targets.length;
  }
}
