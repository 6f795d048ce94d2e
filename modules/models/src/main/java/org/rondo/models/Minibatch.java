package org.rondo.models;

import java.util.Arrays;
import java.util.Locale;

/**
 * A reusable minibatch of sequences, time-major: element {@code t * batch + b} is step t of
 * sequence b. Inputs are ids, K of them in each step, or values. Targets are classes or values, as
 * the network takes them: one of each step, or labels of a sequence, which have a length of their
 * own.
 *
 * <p>Not a record: its arrays are filled again and again, so that the steady state allocates
 * nothing.
 */
public final class Minibatch {
  /** The target of a step, or the label, that counts nothing: padding. */
  public static final int NO_TARGET = -1;

  private final int steps;
  private final int batch;
  private final int columns;
  private final int labels;
  private final int[] inputs;
  private final float[] values;
  private final int[] targets;
  private final float[] valueTargets;
  private final int[] lengths;
  private final int[] labelLengths;
  private final float[] weights;

  /**
   * Of one id and a class in each step.
   *
   * @param steps T, at least 1
   * @param batch B, at least 1
   */
  public Minibatch(int steps, int batch) {
    this(steps, batch, 1, 0, 0, 0);
  }

  /**
   * Of what a network takes and predicts.
   *
   * @param steps T, at least 1
   * @param batch B, at least 1
   */
  public static Minibatch forNetwork(NetworkSpec spec, int steps, int batch) {
    return new Minibatch(
        steps,
        batch,
        spec.idColumns().size(),
        spec.inputValues(),
        spec.targetValues(),
        spec.labels(steps));
  }

  /**
   * @param columns K, ids in a step of the input; 0 where that is values
   * @param width F, values in a step of the input; 0 where that is ids
   * @param outputs O, values in a target; 0 where that is a class
   * @param labels U, labels that a sequence may have; 0 where each step has a target
   */
  public Minibatch(int steps, int batch, int columns, int width, int outputs, int labels) {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "minibatch: %d steps x %d sequences", steps, batch));
    }
    this.steps = steps;
    this.batch = batch;
    this.columns = columns;
    this.labels = labels;
    int rows = Math.multiplyExact(steps, batch);
    this.inputs = new int[Math.multiplyExact(rows, columns)];
    this.values = new float[Math.multiplyExact(rows, width)];
    int targetRows = labels > 0 ? Math.multiplyExact(labels, batch) : rows;
    this.targets = new int[targetRows];
    this.valueTargets = new float[Math.multiplyExact(targetRows, outputs)];
    this.lengths = new int[batch];
    Arrays.fill(lengths, steps);
    this.labelLengths = new int[labels > 0 ? batch : 0];
    Arrays.fill(labelLengths, labels);
    this.weights = new float[batch];
    Arrays.fill(weights, 1f);
    Arrays.fill(targets, NO_TARGET);
  }

  private Minibatch(Minibatch of, int[] targets) {
    this.steps = of.steps;
    this.batch = of.batch;
    this.columns = of.columns;
    this.labels = of.labels;
    this.inputs = of.inputs;
    this.values = of.values;
    this.targets = targets;
    this.valueTargets = of.valueTargets;
    this.lengths = of.lengths;
    this.labelLengths = of.labelLengths;
    this.weights = of.weights;
  }

  /** The same, shared, with targets at other steps. */
  Minibatch withTargets(int[] others) {
    return new Minibatch(this, others);
  }

  /** T. */
  public int steps() {
    return steps;
  }

  /** B. */
  public int batch() {
    return batch;
  }

  /** K, ids in a step of the input; 0 where that is values. */
  public int columns() {
    return columns;
  }

  /** U, labels that a sequence may have; 0 where each step has a target. */
  public int labels() {
    return labels;
  }

  /**
   * {@code (T,B,K)} input ids: element {@code (t * batch + b) * columns + k} is id k of step t of
   * sequence b; to be filled by the caller; empty where inputs are values.
   */
  public int[] inputs() {
    return inputs;
  }

  /** {@code (T,B,F)} input values; to be filled by the caller; empty where inputs are ids. */
  public float[] values() {
    return values;
  }

  /**
   * {@code (T,B)} target ids of steps, or {@code (U,B)} of labels: element {@code u * batch + b} is
   * label u of sequence b. {@link #NO_TARGET} where there is none; to be filled by the caller.
   * Where targets are values, 0 says that there is one.
   */
  public int[] targets() {
    return targets;
  }

  /**
   * {@code (T,B,O)} or {@code (U,B,O)} target values, of which those count that {@link #targets}
   * has; to be filled by the caller; empty where targets are classes.
   */
  public float[] valueTargets() {
    return valueTargets;
  }

  /**
   * Steps of each sequence, {@code (B)}, T at first; to be changed by the caller. Inputs behind a
   * sequence's end are any ids that the network takes or any values, targets are {@link
   * #NO_TARGET}.
   */
  public int[] lengths() {
    return lengths;
  }

  /**
   * Labels of each sequence, {@code (B)}, U at first; to be changed by the caller; empty where each
   * step has a target. Behind the last label of a sequence, targets are {@link #NO_TARGET}.
   */
  public int[] labelLengths() {
    return labelLengths;
  }

  /**
   * How much the targets of each sequence count, {@code (B)}, 1 at first; to be changed by the
   * caller: the loss of a target, and what it adds to the gradient, are multiplied by the weight of
   * its sequence. The mean loss is still per target, so that weights of mean 1 over all sequences
   * make it their weighted mean.
   */
  public float[] weights() {
    return weights;
  }

  /** Whether a sequence has another weight than 1. */
  public boolean isWeighted() {
    for (float weight : weights) {
      if (weight != 1) {
        return true;
      }
    }
    return false;
  }

  /** Makes all of it padding: inputs 0, no targets, sequences of length 0 and weight 1. */
  public void clear() {
    Arrays.fill(inputs, 0);
    Arrays.fill(values, 0f);
    Arrays.fill(targets, NO_TARGET);
    Arrays.fill(valueTargets, 0f);
    Arrays.fill(lengths, 0);
    Arrays.fill(labelLengths, 0);
    Arrays.fill(weights, 1f);
  }

  /** Number of targets that count. */
  public int targetCount() {
    int count = 0;
    for (int target : targets) {
      if (target >= 0) {
        count++;
      }
    }
    return count;
  }
}
