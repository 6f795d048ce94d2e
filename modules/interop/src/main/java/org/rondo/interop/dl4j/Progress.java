package org.rondo.interop.dl4j;

import java.util.Arrays;
import org.rondo.models.NetworkSpec;

/** What goes on from one call of {@code fit} to the next, beside the network itself. */
final class Progress {
  private NetworkSpec network;
  private int rounds;
  private long minibatches;

  /** The updater's averaged memory, as it stands behind the parameters; empty if there is none. */
  private float[] memory = {};

  /**
   * The vector that workers begin with.
   *
   * @param spec of the network; another one than before begins anew
   * @param parameters as they are now
   */
  float[] begin(NetworkSpec spec, float[] parameters) {
    if (!spec.equals(network)) {
      network = spec;
      rounds = 0;
      minibatches = 0;
      memory = new float[0];
    }
    float[] vector = Arrays.copyOf(parameters, parameters.length + memory.length);
    System.arraycopy(memory, 0, vector, parameters.length, memory.length);
    return vector;
  }

  /** The number of the next round, from 1. */
  int nextRound() {
    return rounds + 1;
  }

  /** Minibatches per worker so far. */
  long minibatches() {
    return minibatches;
  }

  /**
   * After a round.
   *
   * @param vector of all that workers have in common
   * @param parameters how much of it is parameters
   */
  void advance(int trained, float[] vector, int parameters) {
    rounds++;
    minibatches += trained;
    memory = Arrays.copyOfRange(vector, parameters, vector.length);
  }
}
