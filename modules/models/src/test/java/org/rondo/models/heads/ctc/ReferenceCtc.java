package org.rondo.models.heads.ctc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all paths through a few steps stand for, one path after the other. */
final class ReferenceCtc {
  private final double[][] probabilities;
  private final int classes;

  /** How probable each label is. */
  final Map<List<Integer>, Double> labels = new HashMap<>();

  /** {@code [t][k]}, by label: how probable it is together with class k at step t. */
  private final Map<List<Integer>, double[][]> visits = new HashMap<>();

  /**
   * @param logits {@code (n,K)}
   */
  ReferenceCtc(double[][] logits) {
    classes = logits[0].length;
    probabilities = new double[logits.length][classes];
    for (int t = 0; t < logits.length; t++) {
      double sum = 0;
      for (double logit : logits[t]) {
        sum += Math.exp(logit);
      }
      for (int k = 0; k < classes; k++) {
        probabilities[t][k] = Math.exp(logits[t][k]) / sum;
      }
    }
    walk(new int[logits.length], 0, 1);
  }

  private void walk(int[] path, int t, double probability) {
    if (t == path.length) {
      List<Integer> label = label(path);
      labels.merge(label, probability, Double::sum);
      double[][] of = visits.computeIfAbsent(label, key -> new double[path.length][classes]);
      for (int i = 0; i < path.length; i++) {
        of[i][path[i]] += probability;
      }
      return;
    }
    for (int k = 0; k < classes; k++) {
      path[t] = k;
      walk(path, t + 1, probability * probabilities[t][k]);
    }
  }

  private List<Integer> label(int[] path) {
    var label = new ArrayList<Integer>();
    for (int t = 0; t < path.length; t++) {
      boolean again = t > 0 && path[t] == path[t - 1];
      if (!again && path[t] != classes - 1) {
        label.add(path[t]);
      }
    }
    return label;
  }

  double loss(List<Integer> label) {
    return -Math.log(labels.get(label));
  }

  /** Of the loss by logit k of step t. */
  double gradient(List<Integer> label, int t, int k) {
    return probabilities[t][k] - visits.get(label)[t][k] / labels.get(label);
  }

  List<Integer> mostProbable() {
    return labels.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }
}
