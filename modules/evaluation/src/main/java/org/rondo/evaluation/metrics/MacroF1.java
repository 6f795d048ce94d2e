package org.rondo.evaluation.metrics;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Mean of the F1 of each class, rare ones as much as frequent ones. Classes that are neither a
 * target nor predicted do not count; a class that is never predicted rightly counts 0.
 *
 * @param labels of the classes
 */
public record MacroF1(List<String> labels) implements Metric {
  public MacroF1 {
    labels = List.copyOf(labels);
  }

  @Override
  public String name() {
    return "macro-f1";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return ClassCounts.length(labels.size());
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    new ClassCounts(sums).addClasses(predictions);
  }

  @Override
  public double value(double[] sums) {
    return new ClassCounts(sums).macroF1();
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return new ClassCounts(sums).details(labels);
  }
}
