package org.rondo.models;

import java.util.List;
import java.util.Set;
import org.rondo.kernels.OpenSet;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * What becomes of the topmost layer's output: a loss and its gradient, a prediction. An open set,
 * one class per member, found by an {@link OpenSet}.
 */
public interface Head {
  /** Every head that is found. */
  OpenSet<Head> ALL = new OpenSet<>(Head.class, "head", "head", Head::type);

  /** As {@link HeadSpec} names it. */
  String type();

  /** Names of the options that it knows. */
  default Set<String> options() {
    return Set.of();
  }

  /**
   * Whether its targets are inputs of later steps: then no layer below may look ahead, or it would
   * be shown what the head is to predict.
   */
  default boolean predictsInput() {
    return false;
  }

  /**
   * Whether its weights are the vectors of the network's embedding, one for each class and as wide
   * as the layer below, rather than its own.
   */
  default boolean sharesEmbedding(HeadSpec spec) {
    return false;
  }

  /**
   * Whether what it predicts at a step depends on later steps of the sequence, as tags do that are
   * chosen together. Such a head cannot predict a sequence that is still going on.
   */
  default boolean looksAhead() {
    return false;
  }

  /** Whether its targets are values, {@code outputs} of them in each, rather than one class. */
  default boolean predictsValues() {
    return false;
  }

  /** Whether it heeds {@link Minibatch#weights}; a minibatch with weights is refused if not. */
  default boolean takesWeights() {
    return false;
  }

  /**
   * How many labels a sequence may have, U, if targets are labels that belong to the sequence as a
   * whole and have a length of their own: 1 for a class, at most the steps for a transcript. 0 if
   * each step has a target.
   *
   * @param steps T of a minibatch
   */
  default int labels(HeadSpec spec, int steps) {
    return 0;
  }

  /**
   * Whether it chooses how many labels it predicts, as those of a transcript, of which {@link
   * #labels} is the most. Such a head takes sequences whole, and a sequence without labels has the
   * empty label. What {@link Objective#decode} gives behind the last label is {@link
   * Minibatch#NO_TARGET}.
   */
  default boolean predictsLength() {
    return false;
  }

  /**
   * Whether each prediction has a score of every class. Not so where labels are searched for, each
   * among those that could follow the ones before it; {@link Objective#hypotheses} has what was
   * found.
   */
  default boolean scoresClasses() {
    return true;
  }

  /**
   * The head of evaluation: without what changes training alone, and with the same parameters. A
   * network that trains evaluates only if that is the head itself.
   */
  default HeadSpec evaluated(HeadSpec spec) {
    return spec;
  }

  /**
   * The head's parameters.
   *
   * @throws IllegalArgumentException if an option has a value that it cannot have
   */
  List<ParameterSpec> parameters(int inputs, HeadSpec spec);

  /** Makes the head over minibatches of the workspace's shape. */
  Objective bind(Workspace workspace, Signal input, HeadSpec spec);

  /**
   * The head of that type.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Head named(String type) {
    return ALL.named(type);
  }
}
