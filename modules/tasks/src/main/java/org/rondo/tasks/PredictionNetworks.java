package org.rondo.tasks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;

/**
 * Networks of few shapes for sequences of all lengths. The length of a sequence alone decides the
 * shape (T,B) in which it is predicted, so that the sequences beside it change no bit. For one
 * thread.
 */
final class PredictionNetworks implements AutoCloseable {
  private static final int LEAST_STEPS = 16;

  /** T*B of a minibatch, as long as a sequence is not longer than that by itself. */
  private static final int STEPS = 4096;

  /** Each holds all parameters; lengths of neighbouring rows are mostly of few shapes. */
  private static final int KEPT = 4;

  private final NetworkSpec spec;
  private final float[] parameters;
  private final Kernels kernels;
  private final ElementType precision;
  private final int mostBatch;
  private final LinkedHashMap<Integer, Network> used = new LinkedHashMap<>(KEPT, 0.75f, true);

  /**
   * @param mostBatch B at most, of short sequences
   */
  PredictionNetworks(
      NetworkSpec spec, float[] parameters, Kernels kernels, ElementType precision, int mostBatch) {
    this.spec = spec;
    this.parameters = parameters;
    this.kernels = kernels;
    this.precision = precision;
    this.mostBatch = mostBatch;
  }

  /** T for a sequence: the least power of two that it fits. */
  static int steps(int length) {
    int steps = LEAST_STEPS;
    while (steps < length) {
      steps = Math.multiplyExact(2, steps);
    }
    return steps;
  }

  /** The network of that T, whose B follows from it. */
  Network of(int steps) {
    Network network = used.get(steps);
    if (network == null) {
      freeOldest();
      int batch = Math.max(1, Math.min(mostBatch, STEPS / steps));
      network = Network.forEvaluation(spec, kernels, precision, steps, batch);
      used.put(steps, network);
      network.parameters().values().write(0, parameters, 0, parameters.length);
      network.parametersChanged();
    }
    return network;
  }

  private void freeOldest() {
    if (used.size() == KEPT) {
      Map.Entry<Integer, Network> oldest = used.entrySet().iterator().next();
      used.remove(oldest.getKey());
      oldest.getValue().close();
    }
  }

  @Override
  public void close() {
    used.values().forEach(Network::close);
    used.clear();
  }
}
