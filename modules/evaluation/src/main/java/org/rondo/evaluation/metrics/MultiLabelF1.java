package org.rondo.evaluation.metrics;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * F1 where a sequence has any number of labels: of all labels' counts together ({@code micro-f1}),
 * or the mean over labels ({@code macro-f1}; labels that are neither a target nor predicted do not
 * count). A label is predicted where its probability is above one half.
 *
 * @param labels of the outputs
 * @param micro whether counts are added up before F1 is taken
 */
public record MultiLabelF1(List<String> labels, boolean micro) implements Metric {
  public MultiLabelF1 {
    labels = List.copyOf(labels);
  }

  @Override
  public String name() {
    return micro ? "micro-f1" : "macro-f1";
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
    new ClassCounts(sums).addLabels(predictions);
  }

  @Override
  public double value(double[] sums) {
    var counts = new ClassCounts(sums);
    return micro ? counts.microF1() : counts.macroF1();
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return micro ? Map.of() : new ClassCounts(sums).details(labels);
  }
}
