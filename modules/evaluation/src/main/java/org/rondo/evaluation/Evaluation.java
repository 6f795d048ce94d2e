package org.rondo.evaluation;

import java.util.List;
import java.util.Locale;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.IngestException;

/**
 * The loss of a split: its cross entropy, or its mean squared error where targets are values, of
 * which perplexity and bits say nothing.
 *
 * @param loss mean per target, nats or squared errors
 * @param tokens targets that it covers
 */
public record Evaluation(double loss, long tokens) {
  public Evaluation {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "evaluation: covers %d tokens", tokens));
    }
  }

  /**
   * Adds up sums of losses, part after part and stream after stream: the order of the text,
   * whatever computed them.
   *
   * @param inStreamOrder {@link StreamEvaluator#loss} of part 0, 1, ...
   * @param dataset that was evaluated
   * @throws IngestException if the parts hold another number of targets than the dataset's manifest
   *     says the split has
   */
  public static Evaluation combine(
      List<PartLoss> inStreamOrder, Dataset dataset, DataOrder order, String split) {
    long expected = dataset.targets(order, split);
    long targets = inStreamOrder.stream().mapToLong(PartLoss::targets).sum();
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
    return of(inStreamOrder);
  }

  static Evaluation of(List<PartLoss> inStreamOrder) {
    double total = 0;
    long targets = 0;
    for (PartLoss part : inStreamOrder) {
      for (double sum : part.sums()) {
        total += sum;
      }
      targets += part.targets();
    }
    return new Evaluation(total / targets, targets);
  }

  /** Between how many equally likely tokens the network hesitates: e to the loss. */
  public double perplexity() {
    return StrictMath.exp(loss);
  }

  /** The loss in bits. */
  public double bitsPerToken() {
    return loss / StrictMath.log(2);
  }
}
