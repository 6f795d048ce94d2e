package org.rondo.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenState;
import org.rondo.models.Loss;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.parameters.Gradient;

/**
 * Measures a network that goes on learning from the text on which it is measured: after each
 * minibatch, whose loss is that of the parameters before it, they take a step along its gradient
 * and back towards those that were trained. With q these:
 *
 * <pre>
 *   p = p - rate * gradient + decay * (q - p)
 * </pre>
 *
 * <p>The streams of a part share their parameters; every part begins with q. Fewer streams, down to
 * one, adapt to a longer text.
 *
 * @param rate above 0
 * @param decay in [0,1)
 * @see <a href="https://arxiv.org/abs/1709.07432">Krause, Kahembwe, Murray and Renals 2018</a>, the
 *     rule without statistics of the training gradients
 */
public record DynamicEvaluation(double rate, double decay) implements PartEvaluator {
  public DynamicEvaluation {
    ValueException.unless(
        rate > 0 && rate <= Float.MAX_VALUE, "--dynamic", rate, "must be a float32 above 0");
    ValueException.unless(decay >= 0 && decay < 1, "--dynamic-decay", decay, "must be in [0,1)");
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public PartSums sums(Network network, Elementwise passes, Shard part, List<Metric> metrics) {
    NeuralCache.requireLosses(metrics);
    Map<Integer, Minibatch> minibatches = new HashMap<>();
    HiddenState state = network.newState();
    double loss = 0;
    long targets = 0;
    Shard.Reader reader = part.reader();
    try (var memory = new NativeMemory()) {
      NativeBuffer trained = memory.floats(network.parameters().values().length());
      trained.copy(0, network.parameters().values(), 0, trained.length());
      for (long i = 0; i < part.minibatches(); i++) {
        if (part.startsSequence(i)) {
          state.reset();
        }
        Minibatch minibatch =
            minibatches.computeIfAbsent(
                part.steps(i), t -> Minibatch.forNetwork(network.spec(), t, network.batch()));
        reader.fill(minibatch, i);
        // Nothing is random in a network without dropout.
        Loss own =
            network
                .forSteps(minibatch.steps())
                .lossAndGradient(minibatch, state, CounterRandom.of(0));
        loss += own.sum();
        targets += own.tokens();
        learn(network, passes, trained);
      }
    }
    return new PartSums(new double[] {loss}, targets, new double[metrics.size()][0]);
  }

  private void learn(Network network, Elementwise passes, NativeBuffer trained) {
    NativeBuffer parameters = network.parameters().values();
    if (decay > 0) {
      passes.addScaled(parameters, (float) -decay, parameters, 0, parameters.length());
      passes.addScaled(trained, (float) decay, parameters, 0, parameters.length());
    }
    Gradient gradient = network.gradient();
    for (int i = 0; i < gradient.rangeCount(); i++) {
      passes.addScaled(
          gradient.values(),
          (float) -rate,
          parameters,
          gradient.rangeFrom(i),
          gradient.rangeLength(i));
    }
    network.parametersChanged();
  }
}
