package org.rondo.models;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;

/**
 * Layers and a head built from a {@link NetworkSpec} for minibatches of one shape {@code (T,B)};
 * owns its parameters, its gradient and its workspace. For one thread.
 */
public final class Network implements AutoCloseable {
  private final NetworkSpec spec;
  private final int steps;
  private final int batch;

  public Network(NetworkSpec spec, Kernels kernels, ElementType precision, int steps, int batch) {
    this.spec = spec;
    this.steps = steps;
    this.batch = batch;
  }

  /** Names and shapes of the parameters of such a network. */
  public static ParameterLayout layout(NetworkSpec spec) {
    return null;
  }

  /** Fresh parameters, a pure function of description and seed. */
  public static float[] initialParameters(NetworkSpec spec, long seed) {
    return null;
  }

  public NetworkSpec spec() {
    return spec;
  }

  public int steps() {
    return steps;
  }

  public int batch() {
    return batch;
  }

  /** The parameters in use; after writing to them call {@link #parametersChanged}. */
  public Parameters parameters() {
    return null;
  }

  /** Says that the parameters were written: packed weights are refreshed before their next use. */
  public void parametersChanged() {}

  /** The gradient of the last {@link #lossAndGradient}. */
  public Gradient gradient() {
    return null;
  }

  /** A hidden state of zeros for this network's batch. */
  public HiddenState newState() {
    return null;
  }

  /**
   * One training step's forward and backward pass, dropout on; overwrites the gradient and advances
   * the state.
   *
   * @param random key of this step's dropout
   */
  public Loss lossAndGradient(Minibatch minibatch, HiddenState state, CounterRandom random) {
    return null;
  }

  /**
   * Forward pass without dropout, for evaluation; advances the state.
   *
   * @param sums {@code (B)}: each sequence's sum of -log p of its targets, in nats, is added
   */
  public void loss(Minibatch minibatch, HiddenState state, double[] sums) {}

  /**
   * Forward pass of a network with T = 1 without dropout, for generation; advances the state.
   *
   * @param ids {@code (B)} inputs
   * @param logits {@code (B, classes)}; overwritten
   */
  public void logits(int[] ids, HiddenState state, float[] logits) {}

  /** Off-heap bytes in use. */
  public long nativeBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
