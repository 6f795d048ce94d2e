package org.rondo.evaluation;

import java.util.Arrays;
import java.util.List;
import org.rondo.models.Hypothesis;
import org.rondo.models.Minibatch;

/**
 * What a network predicted for one sequence: N predictions of O outputs each, one for the whole
 * sequence or one for each of its steps. Classes, or values: then {@code targets} says which count.
 * Targets of several labels at once are values too, 0 or 1 for each label, with the scores before
 * the sigmoid. Where the number of labels is predicted too, N is that of the longer label, and
 * {@link Minibatch#NO_TARGET} stands behind the end of the other one; scores are then those of the
 * first N steps. Its arrays are not to be modified.
 */
public final class Predictions {
  private static final float[] NO_VALUES = {};

  private final int[] targets;
  private final int[] classes;
  private final int outputs;
  private final float[] scores;
  private final float[] targetValues;
  private final List<Hypothesis> hypotheses;

  /**
   * @param targets {@code (N)}: the right classes, or 0 where a target is values; {@link
   *     Minibatch#NO_TARGET} where there is none
   * @param classes {@code (N)}: the predicted classes; empty where targets are values
   * @param outputs O
   * @param scores {@code (N,O)}: scores before the softmax, or the predicted values
   * @param targetValues {@code (N,O)}; empty where targets are classes
   */
  public Predictions(
      int[] targets, int[] classes, int outputs, float[] scores, float[] targetValues) {
    this(targets, classes, outputs, scores, targetValues, List.of());
  }

  private Predictions(
      int[] targets,
      int[] classes,
      int outputs,
      float[] scores,
      float[] targetValues,
      List<Hypothesis> hypotheses) {
    this.targets = targets;
    this.classes = classes;
    this.outputs = outputs;
    this.scores = scores;
    this.targetValues = targetValues;
    this.hypotheses = List.copyOf(hypotheses);
  }

  /**
   * Predictions that nothing is to be compared with.
   *
   * @param classes {@code (N)}: the predicted classes; empty where values are predicted
   * @param outputs O
   * @param scores {@code (N,O)}: scores before the softmax, or the predicted values
   */
  public static Predictions withoutTargets(int[] classes, int outputs, float[] scores) {
    var targets = new int[scores.length / outputs];
    Arrays.fill(targets, Minibatch.NO_TARGET);
    return new Predictions(targets, classes, outputs, scores, NO_VALUES);
  }

  /**
   * What a search found, with nothing to be compared with. It has no scores of classes.
   *
   * @param classes {@code (N)}: the labels of the best hypothesis, with the end
   * @param hypotheses best first
   */
  public static Predictions searched(int[] classes, List<Hypothesis> hypotheses) {
    var targets = new int[classes.length];
    Arrays.fill(targets, Minibatch.NO_TARGET);
    return searched(targets, classes, hypotheses);
  }

  /**
   * As {@link #searched(int[], List)}, of a sequence whose labels are known.
   *
   * @param targets {@code (N)}; {@link Minibatch#NO_TARGET} behind the last
   */
  public static Predictions searched(int[] targets, int[] classes, List<Hypothesis> hypotheses) {
    return new Predictions(targets, classes, 0, NO_VALUES, NO_VALUES, hypotheses);
  }

  /** {@code (N)}: the right classes, or 0 where a target is values. */
  public int[] targets() {
    return targets;
  }

  /** {@code (N)}: the predicted classes; empty where targets are values. */
  public int[] classes() {
    return classes;
  }

  /** O; 0 where there are no scores. */
  public int outputs() {
    return outputs;
  }

  /** {@code (N,O)}: scores before the softmax, or the predicted values. */
  public float[] scores() {
    return scores;
  }

  /** {@code (N,O)}; empty where targets are classes. */
  public float[] targetValues() {
    return targetValues;
  }

  /** What a search found, best first; empty where classes are not searched for. */
  public List<Hypothesis> hypotheses() {
    return hypotheses;
  }

  /** N. */
  public int count() {
    return targets.length;
  }

  /** Whether prediction n has a target. */
  public boolean hasTarget(int n) {
    return targets[n] >= 0;
  }

  /** Score of class or value o in prediction n. */
  public float score(int n, int o) {
    return scores[n * outputs + o];
  }

  /**
   * The logarithm of the softmax of prediction n, in nats and in double: sums in the order of the
   * classes by {@link StrictMath}, bit-identical everywhere.
   *
   * @return {@code (O)}
   */
  public double[] logProbabilities(int n) {
    var logs = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      logs[o] = score(n, o);
    }
    double sum = logSumExp(logs);
    for (int o = 0; o < outputs; o++) {
      logs[o] -= sum;
    }
    return logs;
  }

  /** log(exp(x_0) + exp(x_1) + ..), without overflow; minus infinity of no values. */
  public static double logSumExp(double[] values) {
    double largest = Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.exp(value - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
