package org.rondo.models;

import java.util.Locale;

/**
 * Whether arrays have the room for what a network gives.
 *
 * @param batch B
 * @param predictions rows of logits
 */
record OutputCheck(NetworkSpec spec, int batch, int predictions) {
  /** Throws if these are not a sum for each sequence. */
  void requireSums(double[] sums) {
    if (sums.length != batch) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "network: %d sums for %d sequences", sums.length, batch));
    }
  }

  /** Throws if these are not logits of all predictions. */
  void requireLogits(float[] logits) {
    int outputs = spec.scores();
    if (logits.length != predictions * outputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: logits of %d predictions of %d classes into %d values",
              predictions,
              outputs,
              logits.length));
    }
  }

  /**
   * Throws if these are not the ids of one step and the logits behind it.
   *
   * @param steps T
   * @param expectedIds B*K
   */
  void requireNext(int steps, int[] ids, int expectedIds, float[] logits) {
    if (spec.inputValues() > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "network: takes %d values in each step, not ids", spec.inputValues()));
    }
    int expected = batch * spec.head().outputs();
    if (steps != 1 || ids.length != expectedIds || logits.length != expected) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "network: logits of %d ids into %d values by a network of T = %d, B = %d; T must"
                      + " be 1,",
                  ids.length,
                  logits.length,
                  steps,
                  batch)
              + String.format(
                  Locale.ROOT, " ids B*K = %d, values B*classes = %d", expectedIds, expected));
    }
  }

  /** Throws if these are not a class for each prediction, or the network predicts values. */
  void requireClasses(int[] classes) {
    boolean values = spec.targetValues() > 0;
    if (values || classes.length != predictions) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: %d classes of the head %s, which makes %d predictions of %s",
              classes.length,
              spec.head().type(),
              predictions,
              values ? "values" : "classes"));
    }
  }
}
