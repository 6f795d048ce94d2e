package org.rondo.evaluation;

import org.rondo.ingest.Shard;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;

/** Runs a network over one part of a split from its beginning to its end, without dropout. */
public final class StreamEvaluator {
  private StreamEvaluator() {}

  /**
   * Sums over each row's targets, of -log p in nats or of squared errors, as the head has it, and
   * how many targets there were. Hidden state is carried as in training. The network's batch fixes
   * the shape of every product, so bits depend on the number of rows in a part, not on how many
   * parts run where.
   *
   * @param network of the part's T and B
   * @throws IllegalArgumentException if T or B are others, or the part holds what the network does
   *     not take
   */
  public static PartLoss loss(Network network, Shard part) {
    var minibatch = Minibatch.forNetwork(network.spec(), network.steps(), network.batch());
    HiddenState state = network.newState();
    var sums = new double[network.batch()];
    long targets = 0;
    Shard.Reader reader = part.reader();
    for (long i = 0; i < part.minibatches(); i++) {
      if (part.startsSequence(i)) {
        state.reset();
      }
      reader.fill(minibatch, i);
      network.loss(minibatch, state, sums);
      targets += minibatch.targetCount();
    }
    return new PartLoss(sums, targets);
  }
}
