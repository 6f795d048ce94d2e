package org.rondo.evaluation;

import java.util.Arrays;
import java.util.List;
import org.rondo.models.Hypothesis;
import org.rondo.models.Minibatch;

/** The predictions of one sequence while it is read. */
final class PredictedSequence {
  private static final int FEW = 16;

  private final int outputs;
  private final boolean values;
  private int[] targets = new int[FEW];
  private int[] classes;
  private float[] scores;
  private float[] targetValues;
  private List<Hypothesis> hypotheses = List.of();
  private int count;
  private boolean begun;

  /**
   * @param outputs scores of each prediction; 0 where classes are searched for
   * @param values whether targets are values
   */
  PredictedSequence(int outputs, boolean values) {
    this.outputs = outputs;
    this.values = values;
    classes = new int[values ? 0 : FEW];
    scores = new float[FEW * outputs];
    targetValues = new float[values ? FEW * outputs : 0];
  }

  /** Says that there is one, whose label may be empty, as may be what is predicted. */
  void begin() {
    begun = true;
  }

  /**
   * Adds a prediction.
   *
   * @param row of the minibatch's targets, and of the predictions
   * @param predicted class; of no meaning where targets are values
   * @param from {@code (predictions,outputs)}
   */
  void add(Minibatch minibatch, int row, int predicted, float[] from) {
    if (count == targets.length) {
      grow(Math.multiplyExact(2, count));
    }
    begun = true;
    targets[count] = minibatch.targets()[row];
    System.arraycopy(from, row * outputs, scores, count * outputs, outputs);
    if (values) {
      System.arraycopy(
          minibatch.valueTargets(), row * outputs, targetValues, count * outputs, outputs);
    } else {
      classes[count] = predicted;
    }
    count++;
  }

  /** Says what a search found for the whole sequence. */
  void found(List<Hypothesis> best) {
    hypotheses = best;
  }

  private void grow(int length) {
    targets = Arrays.copyOf(targets, length);
    classes = Arrays.copyOf(classes, values ? 0 : length);
    scores = Arrays.copyOf(scores, Math.multiplyExact(length, outputs));
    targetValues = Arrays.copyOf(targetValues, values ? length * outputs : 0);
  }

  boolean isEmpty() {
    return !begun;
  }

  /** Hands out the predictions, and begins another sequence. */
  Predictions take() {
    Predictions taken = outputs == 0 ? searched() : predicted();
    count = 0;
    begun = false;
    hypotheses = List.of();
    return taken;
  }

  private Predictions searched() {
    return Predictions.searched(
        Arrays.copyOf(targets, count), Arrays.copyOf(classes, count), hypotheses);
  }

  private Predictions predicted() {
    return new Predictions(
        Arrays.copyOf(targets, count),
        Arrays.copyOf(classes, values ? 0 : count),
        outputs,
        Arrays.copyOf(scores, count * outputs),
        Arrays.copyOf(targetValues, values ? count * outputs : 0));
  }
}
