package org.rondo.models.layers;

import org.rondo.kernels.ValueException;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Hands on what it gets, and adds to the loss of training what makes it small and slow: {@code
 * activation * mean(h_t^2) + temporal * mean((h_t+1 - h_t)^2)}, over all values of the minibatch
 * that are no padding. Losses that are reported are without it.
 *
 * @param activation factor of the activation regularization, at least 0
 * @param temporal factor of the temporal activation regularization, at least 0
 * @see <a href="https://arxiv.org/abs/1708.01009">Merity, McCann and Socher 2017</a>
 */
public record Regularization(double activation, double temporal) implements TrainingOnly {
  public Regularization {
    requireFactor("activation", activation);
    requireFactor("temporal", temporal);
  }

  static void requireFactor(String key, double factor) {
    ValueException.unless(
        factor >= 0 && factor <= Float.MAX_VALUE, key, factor, "must be a number >= 0");
  }

  @Override
  public String scope() {
    return "regularization";
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new RegularizationLayer(workspace, below, this);
  }

  @Override
  public String toString() {
    return "regularization of activations by " + activation + ", of their changes by " + temporal;
  }
}
