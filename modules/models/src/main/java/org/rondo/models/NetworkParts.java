package org.rondo.models;

import org.rondo.kernels.CounterRandom;
import org.rondo.models.workspace.Workspace;

/**
 * The parts of a network, bound to a workspace of one number of steps, and the ways of a minibatch
 * through them.
 *
 * @param check what a minibatch must be
 * @param outputs what arrays for results must be
 */
record NetworkParts(
    NetworkSpec spec,
    Workspace workspace,
    MinibatchCheck check,
    InputLayer input,
    LayerStack layers,
    Objective objective,
    OutputCheck outputs) {

  /** Takes its buffers from the workspace. */
  static NetworkParts bind(NetworkSpec spec, Workspace plain) {
    Workspace workspace = spec.documentStart() == null ? plain : plain.withStarts();
    InputLayer input = spec.input().bind(workspace.within(spec.scopes().get(0)), 0);
    var layers = new LayerStack(spec, workspace, input.output());
    Objective objective =
        spec.head().bind(workspace.within(NetworkParameters.HEAD), layers.output());
    return new NetworkParts(
        spec,
        workspace,
        new MinibatchCheck(spec, workspace.steps(), workspace.batch()),
        input,
        layers,
        objective,
        new OutputCheck(spec, workspace.batch(), objective.predictions()));
  }

  /** From inputs to what the head reads, without dropout; advances the state. */
  void forward(Minibatch minibatch, HiddenState state) {
    load(minibatch, state);
    input.forward(minibatch);
    layers.forward();
    layers.storeState(state.values());
  }

  /** As {@link #forward}, with dropout; the state stays as it is. */
  void forwardTraining(Minibatch minibatch, HiddenState state, CounterRandom random) {
    load(minibatch, state);
    input.forwardTraining(minibatch, random);
    layers.forwardTraining(random);
  }

  /** From the gradient of what the head reads to those of all parameters below it. */
  void backward(Minibatch minibatch) {
    layers.backward();
    input.backward(minibatch);
  }

  /**
   * The classes of the minibatch that went forward last.
   *
   * @param classes {@code (predictions)}; overwritten; {@link Minibatch#NO_TARGET} at padding
   */
  void decode(int[] classes) {
    objective.decode(spec.head().outputs(), classes);
    boolean perStep = spec.labels(workspace.steps()) == 0;
    for (int row = 0; row < classes.length; row++) {
      // A prediction for the whole of a sequence needs no more than its first step.
      if (workspace.isPadding(perStep ? row : row % workspace.batch())) {
        classes[row] = Minibatch.NO_TARGET;
      }
    }
  }

  private void load(Minibatch minibatch, HiddenState state) {
    layers.stateRows().requireFits(state);
    System.arraycopy(minibatch.lengths(), 0, workspace.lengths(), 0, workspace.batch());
    boolean[] starts = workspace.starts();
    for (int row = 0; row < starts.length; row++) {
      starts[row] = !workspace.isPadding(row) && minibatch.inputs()[row] == spec.documentStart();
    }
    layers.loadState(state.values());
  }
}
