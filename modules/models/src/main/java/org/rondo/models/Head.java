package org.rondo.models;

import java.util.List;

/**
 * What becomes of the topmost layer's output: a loss and its gradient, a prediction. An open set,
 * one class per member, found by {@link java.util.ServiceLoader}.
 */
public interface Head {
  /** As {@link NetworkSpec.HeadSpec} names it. */
  String type();

  /** The head's parameters. */
  List<ParameterSpec> parameters(int inputs, int outputs);

  /** Makes the head over minibatches of the workspace's shape. */
  Objective bind(Workspace workspace, Signal input, int outputs);

  /**
   * The head of that type.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Head named(String type) {
    return OpenSet.find(Head.class, "head", Head::type, type);
  }
}
