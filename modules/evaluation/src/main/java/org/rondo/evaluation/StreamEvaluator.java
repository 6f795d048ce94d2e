package org.rondo.evaluation;

import org.rondo.ingest.TokenStreams;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;

/** Runs a network over token streams from their beginning to their end, without dropout. */
public final class StreamEvaluator {
  private StreamEvaluator() {}

  /**
   * Sums of -log p of each stream's targets, in nats. Hidden state starts at zero and is carried to
   * the end. The network's batch fixes the shape of every product, so bits depend on the number of
   * streams in a part, not on how many parts run where.
   *
   * @param network of any T and of B = the number of streams
   * @return {@code (B)}
   * @throws IllegalArgumentException if B differs from the number of streams
   */
  public static double[] sums(Network network, TokenStreams streams) {
    var minibatch = new Minibatch(network.steps(), network.batch());
    HiddenState state = network.newState();
    var sums = new double[network.batch()];
    int minibatches = streams.paddedMinibatches(network.steps());
    for (int i = 0; i < minibatches; i++) {
      streams.fill(minibatch, i);
      network.loss(minibatch, state, sums);
    }
    return sums;
  }
}
