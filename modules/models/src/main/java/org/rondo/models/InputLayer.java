package org.rondo.models;

import org.rondo.kernels.CounterRandom;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.workspace.Signal;

/** What a network begins with: makes the first signal from a minibatch's inputs. */
public interface InputLayer {
  /** What it hands to the layer above. */
  Signal output();

  /** Writes the output, for evaluation. */
  void forward(Minibatch minibatch);

  /**
   * Writes the output, for training.
   *
   * @param random numbers of this minibatch
   */
  default void forwardTraining(Minibatch minibatch, CounterRandom random) {
    forward(minibatch);
  }

  /** With the gradient of its output in place: writes those of its parameters. */
  default void backward(Minibatch minibatch) {}

  /** Floats of its parameters, which lie together. */
  default int parameterCount() {
    return 0;
  }

  /** At most so many ranges of its parameters have gradients that are not zero. */
  default int maximumRanges() {
    return 0;
  }

  /**
   * The ranges of the last {@link #backward}, ascending.
   *
   * @param first position of its parameters in the network's
   */
  default void addRanges(Gradient ranges, int first) {}
}
