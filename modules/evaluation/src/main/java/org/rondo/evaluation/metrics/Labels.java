package org.rondo.evaluation.metrics;

import org.rondo.evaluation.Predictions;

/** Targets and predictions of several labels at once. */
final class Labels {
  private Labels() {}

  static boolean isTarget(Predictions predictions, int n, int label) {
    return predictions.targetValues()[n * predictions.outputs() + label] > 0.5f;
  }

  /** Of probability above one half: its sigmoid's input is positive. */
  static boolean isPredicted(Predictions predictions, int n, int label) {
    return predictions.score(n, label) > 0;
  }
}
