package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.rondo.models.Minibatch;

/**
 * A sequence that stands on its own: K ids or F values in each of its steps, and targets, of a
 * class or O values each: labels of the whole, of which there are as many as it has, or one for
 * each of its last steps. Immutable.
 */
public final class Sequence implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float[] NO_VALUES = {};
  private static final int[] NO_IDS = {};

  private final int length;

  /** {@code (length,K)}; empty where inputs are values. */
  private final int[] ids;

  /** {@code (length,F)}; empty where inputs are ids. */
  private final float[] values;

  /** Labels, or those of the last steps. */
  private final int[] targets;

  /** {@code (targets,O)}; empty where targets are classes. */
  private final float[] valueTargets;

  private final Targets kind;
  private final float weight;

  /** Of targets that are not known to be labels or those of steps. */
  Sequence(int length, int[] ids, float[] values, int[] targets, float[] valueTargets) {
    this(length, ids, values, targets, valueTargets, Targets.UNKNOWN, 1);
  }

  private Sequence(
      int length,
      int[] ids,
      float[] values,
      int[] targets,
      float[] valueTargets,
      Targets kind,
      float weight) {
    this.length = length;
    this.ids = ids;
    this.values = values;
    this.targets = targets;
    this.valueTargets = valueTargets;
    this.kind = kind;
    this.weight = weight;
  }

  /** A class for the whole; nothing is learned of an empty sequence. */
  public static Sequence labelled(int[] ids, int label) {
    return ofIds(ids).withLabel(label);
  }

  /**
   * A class for each step.
   *
   * @throws IllegalArgumentException if there are not as many tags as ids
   */
  public static Sequence tagged(int[] ids, int[] tags) {
    return ofIds(ids).withTags(tags);
  }

  /** Of one id in each step, without targets yet. */
  public static Sequence ofIds(int[] ids) {
    return ofIds(ids, 1);
  }

  /**
   * Of ids, without targets yet.
   *
   * @param ids {@code (length,K)}
   * @param columns K, at least 1
   * @throws IllegalArgumentException if these are no whole steps
   */
  public static Sequence ofIds(int[] ids, int columns) {
    requireSteps(ids.length, "ids", columns);
    return new Sequence(ids.length / columns, ids.clone(), NO_VALUES, NO_IDS, NO_VALUES);
  }

  /**
   * Of values, without targets yet.
   *
   * @param values {@code (length,F)}
   * @param width F, at least 1
   * @throws IllegalArgumentException if these are no whole steps
   */
  public static Sequence ofValues(float[] values, int width) {
    requireSteps(values.length, "values", width);
    return new Sequence(values.length / width, NO_IDS, values.clone(), NO_IDS, NO_VALUES);
  }

  private static void requireSteps(int numbers, String what, int width) {
    if (width < 1 || numbers % width != 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "sequence: %d %s in steps of %d", numbers, what, width));
    }
  }

  /** The same with a class for the whole; an empty one has none. */
  public Sequence withLabel(int label) {
    return withLabels(new int[] {label});
  }

  /**
   * The same with labels, such as the letters of what is said in it; an empty one has none.
   *
   * @param labels as many as it has, more or fewer than steps
   */
  public Sequence withLabels(int[] labels) {
    Targets several = labels.length > 1 ? Targets.LABELS : Targets.LABEL;
    return with(length == 0 ? NO_IDS : labels.clone(), NO_VALUES, several);
  }

  /**
   * The same with a class for each step.
   *
   * @param tags {@link Minibatch#NO_TARGET} where a step has none
   * @throws IllegalArgumentException if there are not as many tags as steps
   */
  public Sequence withTags(int[] tags) {
    if (length != tags.length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "sequence: %d steps with %d tags", length, tags.length));
    }
    return with(tags.clone(), NO_VALUES, Targets.STEPS);
  }

  /** The same with a label of values for the whole; an empty one has none. */
  public Sequence withFinalValues(float[] targetValues) {
    return length == 0
        ? with(NO_IDS, NO_VALUES, Targets.LABEL)
        : with(new int[] {0}, targetValues.clone(), Targets.LABEL);
  }

  /**
   * The same with values for each step.
   *
   * @param targetValues {@code (length,O)}
   * @param counts which steps have a target
   * @throws IllegalArgumentException if these are not values and marks of every step
   */
  public Sequence withStepValues(float[] targetValues, boolean[] counts) {
    if (counts.length != length || (length > 0 && targetValues.length % length != 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequence: %d steps with %d target values, of which %d are marked",
              length,
              targetValues.length,
              counts.length));
    }
    var marks = new int[length];
    for (int t = 0; t < length; t++) {
      marks[t] = counts[t] ? 0 : Minibatch.NO_TARGET;
    }
    return with(marks, targetValues.clone(), Targets.STEPS);
  }

  private Sequence with(int[] newTargets, float[] newValues, Targets newKind) {
    return new Sequence(length, ids, values, newTargets, newValues, newKind, weight);
  }

  /**
   * The same that counts more or less than others: what it adds to a loss is multiplied by its
   * weight over the mean weight of its split's targets.
   *
   * @param newWeight finite and at least 0; a sequence has weight 1 at first
   * @throws IllegalArgumentException if it is not
   */
  public Sequence withWeight(float newWeight) {
    if (!(newWeight >= 0 && newWeight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequence: the weight %s, it must be a finite number at least 0",
              newWeight));
    }
    return new Sequence(length, ids, values, targets, valueTargets, kind, newWeight);
  }

  /** How much it counts. */
  public float weight() {
    return weight;
  }

  /** What its targets belong to. */
  Targets kind() {
    return kind;
  }

  /** Steps. */
  public int length() {
    return length;
  }

  /** Targets that count. */
  int targetCount() {
    return (int) Arrays.stream(targets).filter(target -> target >= 0).count();
  }

  /** {@code (length,K)} ids; empty where inputs are values; not to be modified. */
  public int[] ids() {
    return ids;
  }

  /** {@code (length,F)} values; empty where inputs are ids; not to be modified. */
  public float[] values() {
    return values;
  }

  /**
   * Labels, or targets of the last steps, one each: classes or {@link Minibatch#NO_TARGET}; where
   * targets are values, 0 says that there is one. Not to be modified.
   */
  public int[] targets() {
    return targets;
  }

  /** {@code (targets,O)} target values; empty where targets are classes; not to be modified. */
  public float[] valueTargets() {
    return valueTargets;
  }

  /**
   * Writes as many steps as there is room for to row b of a minibatch of as many columns, which is
   * empty there, with its weight. Labels go with the last step.
   *
   * @param from the first step; may lie behind the last, then the row has length 0
   * @throws IllegalArgumentException if it has more labels than there is room for, or more targets
   *     than steps
   */
  public void fill(Minibatch minibatch, int b, int from) {
    int batch = minibatch.batch();
    int count = Math.max(0, Math.min(minibatch.steps(), length - from));
    minibatch.lengths()[b] = count;
    minibatch.weights()[b] = weight;
    if (count == 0) {
      return;
    }
    int columns = ids.length / length;
    int width = values.length / length;
    for (int t = 0; t < count; t++) {
      int row = t * batch + b;
      int step = from + t;
      System.arraycopy(ids, step * columns, minibatch.inputs(), row * columns, columns);
      System.arraycopy(values, step * width, minibatch.values(), row * width, width);
    }
    if (minibatch.labels() == 0) {
      putStepTargets(minibatch, b, from, count);
    } else if (from + count == length) {
      putLabels(minibatch, b);
    }
  }

  private void putStepTargets(Minibatch minibatch, int b, int from, int count) {
    requireTargets(length, "one for each step");
    int first = length - targets.length;
    for (int t = Math.max(0, first - from); t < count; t++) {
      putTarget(minibatch, t * minibatch.batch() + b, from + t - first);
    }
  }

  private void requireTargets(int most, String taken) {
    if (targets.length > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequence: %d targets of a sequence of %d steps, the network takes %s",
              targets.length,
              length,
              taken));
    }
  }

  private void putLabels(Minibatch minibatch, int b) {
    requireTargets(minibatch.labels(), minibatch.labels() + " labels at most");
    minibatch.labelLengths()[b] = targets.length;
    for (int u = 0; u < targets.length; u++) {
      putTarget(minibatch, u * minibatch.batch() + b, u);
    }
  }

  private void putTarget(Minibatch minibatch, int row, int target) {
    int outputs = valueTargets.length / targets.length;
    minibatch.targets()[row] = targets[target];
    System.arraycopy(
        valueTargets, target * outputs, minibatch.valueTargets(), row * outputs, outputs);
  }
}
