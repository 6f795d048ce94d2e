package org.rondo.evaluation;

import java.util.HashMap;
import java.util.List;
import org.rondo.ingest.Shard;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;

/** Runs a network over one part of a split from its beginning to its end, without dropout. */
public final class StreamEvaluator {
  private StreamEvaluator() {}

  /**
   * Sums over each row's targets, of -log p in nats or of squared errors, as the head has it; how
   * many targets there were; and the sums of the metrics. Hidden state is carried as in training.
   * The network's batch fixes the shape of every product, so bits depend on the number of rows in a
   * part, not on how many parts run where.
   *
   * @param network of the part's T and B
   * @param metrics predictions are kept, a sequence at a time, if one of them needs any
   * @throws IllegalArgumentException if T or B are others, or the part holds what the network does
   *     not take
   */
  public static PartSums sums(Network network, Shard part, List<Metric> metrics) {
    var minibatches = new HashMap<Integer, Minibatch>();
    HiddenState state = network.newState();
    var losses = new double[network.batch()];
    long targets = 0;
    boolean predicts = metrics.stream().anyMatch(Metric::needsPredictions);
    var rows = predicts ? new PredictedRows(network, metrics) : null;
    Shard.Reader reader = part.reader();
    for (long i = 0; i < part.minibatches(); i++) {
      if (part.startsSequence(i)) {
        state.reset();
        if (predicts) {
          rows.endSequences();
        }
      }
      Minibatch minibatch =
          minibatches.computeIfAbsent(
              part.steps(i), t -> Minibatch.forNetwork(network.spec(), t, network.batch()));
      reader.fill(minibatch, i);
      if (predicts) {
        rows.evaluate(minibatch, state, losses);
      } else {
        network.forSteps(minibatch.steps()).loss(minibatch, state, losses);
      }
      targets += minibatch.targetCount();
    }
    return new PartSums(losses, targets, predicts ? rows.sums() : new double[metrics.size()][0]);
  }
}
