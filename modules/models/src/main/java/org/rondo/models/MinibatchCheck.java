package org.rondo.models;

import java.util.Locale;

/** Whether a minibatch is one that a network can take; reads it, and allocates nothing. */
final class MinibatchCheck {
  private final int steps;
  private final int batch;
  private final int[] idBounds;
  private final int inputValues;
  private final int classes;
  private final int targetValues;
  private final int labels;
  private final HeadSpec head;

  /**
   * @param steps T that the network was built for
   * @param batch B that the network was built for
   */
  MinibatchCheck(NetworkSpec spec, int steps, int batch) {
    this.steps = steps;
    this.batch = batch;
    this.idBounds = spec.idColumns().stream().mapToInt(Integer::intValue).toArray();
    this.inputValues = spec.inputValues();
    this.targetValues = spec.targetValues();
    this.labels = spec.labels(steps);
    this.head = spec.head();
    this.classes = targetValues > 0 ? 1 : spec.head().outputs();
  }

  /**
   * Checks shape, inputs, targets and lengths.
   *
   * @throws IllegalArgumentException naming what does not fit, and where
   */
  void requireFits(Minibatch minibatch) {
    if (minibatch.steps() != steps || minibatch.batch() != batch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: minibatch of T = %d, B = %d, built for T = %d, B = %d",
              minibatch.steps(),
              minibatch.batch(),
              steps,
              batch));
    }
    checkLengths(minibatch);
    requireInputs(minibatch);
    checkLabels(minibatch);
    checkTargets(minibatch);
    checkValueTargets(minibatch);
    checkWeights(minibatch);
  }

  /**
   * Checks the inputs alone: every id, that of padding too, and the values of every sequence;
   * values of padding are not read.
   *
   * @throws IllegalArgumentException naming what does not fit, and where
   */
  void requireInputs(Minibatch minibatch) {
    int rows = minibatch.steps() * batch;
    if (minibatch.columns() != idBounds.length || minibatch.values().length != rows * inputValues) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a minibatch of %d ids and %d values in each step, the network takes %d and %d; make it by Minibatch.forNetwork",
              minibatch.columns(),
              minibatch.values().length / rows,
              idBounds.length,
              inputValues));
    }
    for (int row = 0; row < rows; row++) {
      checkIds(minibatch, row);
      if (inputValues > 0 && row / batch < minibatch.lengths()[row % batch]) {
        requireFinite("input value", "step", minibatch.values(), row, inputValues);
      }
    }
  }

  private void checkWeights(Minibatch minibatch) {
    for (int b = 0; b < batch; b++) {
      float weight = minibatch.weights()[b];
      if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network: sequence %d has the weight %s, it must be a finite number at least 0",
                b,
                weight));
      }
    }
    if (minibatch.isWeighted() && !head.head().takesWeights()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: sequences have weights, and the head %s heeds none",
              head.type()));
    }
  }

  private void checkIds(Minibatch minibatch, int row) {
    for (int k = 0; k < idBounds.length; k++) {
      int id = minibatch.inputs()[row * idBounds.length + k];
      if (id < 0 || id >= idBounds[k]) {
        String what = idBounds.length == 1 ? "input id" : "input column " + k + ": id";
        throw outside(what, id, "step", row, idBounds[k]);
      }
    }
  }

  private void checkTargets(Minibatch minibatch) {
    for (int row = 0; row < targetRows(); row++) {
      int target = minibatch.targets()[row];
      if (target < Minibatch.NO_TARGET || target >= classes) {
        throw outside("target id", target, place(), row, classes);
      }
      int end =
          labels > 0 ? minibatch.labelLengths()[row % batch] : minibatch.lengths()[row % batch];
      if (target >= 0 && (row / batch >= end || minibatch.lengths()[row % batch] == 0)) {
        throw behindTheEnd(minibatch, row);
      }
    }
  }

  private int targetRows() {
    return (labels > 0 ? labels : steps) * batch;
  }

  /** Where a target stands. */
  private String place() {
    return labels > 0 ? "label" : "step";
  }

  private IllegalArgumentException behindTheEnd(Minibatch minibatch, int row) {
    int b = row % batch;
    String more = labels > 0 ? " and " + minibatch.labelLengths()[b] + " labels" : "";
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "network: sequence %d of length %d%s has a target at %s %d",
            b,
            minibatch.lengths()[b],
            more,
            place(),
            row / batch));
  }

  private void checkLabels(Minibatch minibatch) {
    if (minibatch.labels() != labels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a minibatch of %d labels for each sequence, the network takes %d; make it by Minibatch.forNetwork",
              minibatch.labels(),
              labels));
    }
    for (int b = 0; b < minibatch.labelLengths().length; b++) {
      int length = minibatch.labelLengths()[b];
      if (length < 0 || length > labels) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network: sequence %d of %d labels in a minibatch of U = %d",
                b,
                length,
                labels));
      }
    }
  }

  private IllegalArgumentException outside(String what, int id, String place, int row, int size) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "network: %s %d at %s %d of sequence %d is outside a vocabulary of %d",
            what,
            id,
            place,
            row / batch,
            row % batch,
            size));
  }

  private void checkLengths(Minibatch minibatch) {
    for (int b = 0; b < batch; b++) {
      int length = minibatch.lengths()[b];
      if (length < 0 || length > steps) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network: sequence %d of length %d in a minibatch of T = %d",
                b,
                length,
                steps));
      }
    }
  }

  private void checkValueTargets(Minibatch minibatch) {
    float[] values = minibatch.valueTargets();
    if (values.length != targetRows() * targetValues) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a minibatch of %d target values, the network predicts %s*B*O = %d*%d*%d; make it by Minibatch.forNetwork",
              values.length,
              labels > 0 ? "U" : "T",
              targetRows() / batch,
              batch,
              targetValues));
    }
    for (int row = 0; targetValues > 0 && row < targetRows(); row++) {
      if (minibatch.targets()[row] >= 0) {
        requireFinite("target value", place(), values, row, targetValues);
      }
    }
  }

  /**
   * Throws if a value of a row is no finite number.
   *
   * @param place what a row is of a sequence: a step or a label
   * @param values {@code (rows,width)}
   */
  private void requireFinite(String what, String place, float[] values, int row, int width) {
    for (int j = 0; j < width; j++) {
      float value = values[row * width + j];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network: %s %d at %s %d of sequence %d is %s, no finite number",
                what,
                j,
                place,
                row / batch,
                row % batch,
                value));
      }
    }
  }
}
