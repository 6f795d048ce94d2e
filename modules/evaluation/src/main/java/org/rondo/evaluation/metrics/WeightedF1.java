package org.rondo.evaluation.metrics;

import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Mean of the F1 of each class, weighted by how often it is a target.
 *
 * @param classes K
 */
public record WeightedF1(int classes) implements Metric {
  @Override
  public String name() {
    return "weighted-f1";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return ClassCounts.length(classes);
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    new ClassCounts(sums).addClasses(predictions);
  }

  @Override
  public double value(double[] sums) {
    var counts = new ClassCounts(sums);
    double weighted = 0;
    double targets = 0;
    for (int c = 0; c < classes; c++) {
      if (counts.targets(c) > 0) {
        weighted += counts.targets(c) * counts.f1(c);
        targets += counts.targets(c);
      }
    }
    return weighted / targets;
  }
}
