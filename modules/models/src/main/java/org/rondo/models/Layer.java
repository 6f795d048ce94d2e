package org.rondo.models;

import java.util.List;
import java.util.Optional;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** A part of a network between its input and its head, bound to the signal below it. */
public interface Layer {
  /** What it hands to the layer above. */
  Signal output();

  /**
   * What it hands from step to step: h, whose gradient after {@link #backward} is the whole one,
   * from above and from the steps after. Empty for a layer without recurrence.
   */
  default Optional<Signal> hidden() {
    return Optional.empty();
  }

  /** Forward pass for evaluation. */
  void forward();

  /**
   * Forward pass for training.
   *
   * @param random numbers of this minibatch; {@link Workspace#random} gives a layer its own
   */
  default void forwardTraining(CounterRandom random) {
    forward();
  }

  /**
   * After {@link #forwardTraining} and with the gradient of its output in place: writes the
   * gradients of its input and of its parameters.
   */
  void backward();

  /**
   * What it adds to the mean loss of the minibatch in training, after {@link #forwardTraining}: 0
   * but for a regularization, whose gradient {@link #backward} adds.
   */
  default double penalty() {
    return 0;
  }

  /**
   * Widths W of the slots that it carries from one minibatch to the next for each sequence, as
   * {@link #loadState} takes them: one slot {@code (B,W)} after the other.
   */
  default List<Integer> stateWidths() {
    return List.of();
  }

  /** Sets what it carries from {@code state[at..]}. */
  default void loadState(float[] state, int at) {}

  /** Writes what it carries to {@code state[at..]}. */
  default void storeState(float[] state, int at) {}
}
