package org.rondo.models;

import java.util.Locale;

/** Whether a minibatch is one that a network can take; reads it, and allocates nothing. */
public final class MinibatchCheck {
  private final int steps;
  private final int batch;
  private final int classes;
  private final int targetValues;

  /**
   * @param steps T that the network was built for
   * @param batch B that the network was built for
   */
  MinibatchCheck(NetworkSpec spec, int steps, int batch) {
    this.steps = steps;
    this.batch = batch;
    this.targetValues = spec.targetValues();
    this.classes = targetValues > 0 ? 1 : spec.head().outputs();
  }

  /**
   * Checks shape, inputs, targets and lengths.
   *
   * @throws IllegalArgumentException naming what does not fit, and where
   */
  void requireFits(Minibatch minibatch, InputLayer input) {
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
    input.check(minibatch);
    requireIds("target", minibatch.targets(), Minibatch.NO_TARGET, classes, batch);
    checkLengths(minibatch);
    checkValueTargets(minibatch);
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
      for (int t = length; t < steps; t++) {
        if (minibatch.targets()[t * batch + b] >= 0) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "network: sequence %d of length %d has a target at step %d",
                  b,
                  length,
                  t));
        }
      }
    }
  }

  private void checkValueTargets(Minibatch minibatch) {
    float[] values = minibatch.valueTargets();
    if (values.length != steps * batch * targetValues) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a minibatch of %d target values, the network predicts T*B*O = %d*%d*%d; make it by Minibatch.forNetwork",
              values.length,
              steps,
              batch,
              targetValues));
    }
    for (int row = 0; targetValues > 0 && row < steps * batch; row++) {
      if (minibatch.targets()[row] >= 0) {
        requireFinite("target value", values, row, targetValues, batch);
      }
    }
  }

  /**
   * Throws if an id is below {@code lowest} or none of {@code size}.
   *
   * @param ids {@code (T,B)}
   */
  public static void requireIds(String what, int[] ids, int lowest, int size, int batch) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < lowest || ids[i] >= size) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network: %s id %d at step %d of sequence %d is outside a vocabulary of %d",
                what,
                ids[i],
                i / batch,
                i % batch,
                size));
      }
    }
  }

  /**
   * Throws if a value of a row is no finite number.
   *
   * @param values {@code (T,B,width)}
   */
  public static void requireFinite(String what, float[] values, int row, int width, int batch) {
    for (int j = 0; j < width; j++) {
      float value = values[row * width + j];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network: %s %d at step %d of sequence %d is %s, no finite number",
                what,
                j,
                row / batch,
                row % batch,
                value));
      }
    }
  }
}
