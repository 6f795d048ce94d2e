package org.rondo.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.IngestException;

/**
 * What a split is worth to a network.
 *
 * @param loss what training minimizes, mean per target: nats or squared errors
 * @param targets that it covers
 * @param all of the metrics, in their order; the first decides which parameters are best
 * @param details further figures of a metric, by its name, such as the counts of a confusion matrix
 */
public record Scores(
    double loss, long targets, List<Score> all, Map<String, Map<String, Double>> details) {
  public Scores {
    all = List.copyOf(all);
    if (targets < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "evaluation: covers %d targets", targets));
    }
  }

  /**
   * Adds up what the parts of a split came to, part after part and row after row: the order of the
   * data, whatever computed them.
   *
   * @param inPartOrder {@link StreamEvaluator#sums} of part 0, 1, ... by the same metrics
   * @param dataset that was evaluated
   * @throws IngestException if the parts hold another number of targets than the dataset's manifest
   *     says the split has
   */
  public static Scores combine(
      List<Metric> metrics,
      List<PartSums> inPartOrder,
      Dataset dataset,
      DataOrder order,
      String split) {
    long expected = dataset.targets(order, split);
    long targets = inPartOrder.stream().mapToLong(PartSums::targets).sum();
    if (targets != expected) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluation: the %s split of %s holds %d targets, its manifest says %d; prepare the data again",
              split,
              dataset.folder(),
              targets,
              expected));
    }
    return of(metrics, inPartOrder);
  }

  static Scores of(List<Metric> metrics, List<PartSums> inPartOrder) {
    double loss = 0;
    long targets = 0;
    for (PartSums part : inPartOrder) {
      for (double row : part.losses()) {
        loss += row;
      }
      targets += part.targets();
    }
    var scores = new ArrayList<Score>();
    var details = new LinkedHashMap<String, Map<String, Double>>();
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      double[] sums =
          metric.needsPredictions() ? merged(metric, i, inPartOrder) : new double[] {loss, targets};
      scores.add(new Score(metric.name(), metric.value(sums), metric.higherIsBetter()));
      Map<String, Double> further = metric.details(sums);
      if (!further.isEmpty()) {
        details.put(metric.name(), further);
      }
    }
    return new Scores(loss / targets, targets, scores, details);
  }

  private static double[] merged(Metric metric, int index, List<PartSums> inPartOrder) {
    var sums = new double[metric.sums()];
    for (PartSums part : inPartOrder) {
      double[] own = part.ofMetric(index);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += own[j];
      }
    }
    return sums;
  }
}
