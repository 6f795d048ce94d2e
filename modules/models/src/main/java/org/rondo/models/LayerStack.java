package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** The layers of a network between its input and its head, lowest first. */
final class LayerStack {
  private final Layer[] layers;
  private final Signal output;
  private final StateRows stateRows;

  /** Where the state of each layer begins. */
  private final int[] stateAt;

  LayerStack(NetworkSpec spec, Workspace workspace, Signal input) {
    var all = new ArrayList<Layer>();
    Signal top = input;
    List<String> scopes = spec.scopes();
    for (HiddenLayerSpec layer : spec.hidden()) {
      int number = all.size();
      all.add(layer.bind(workspace.layer(scopes.get(1 + number), number), top));
      top = all.get(number).output();
    }
    layers = all.toArray(new Layer[0]);
    output = top;
    stateRows =
        new StateRows(
            all.stream().flatMap(layer -> layer.stateWidths().stream()).toList(),
            workspace.batch());
    stateAt = new int[layers.length];
    for (int i = 1; i < layers.length; i++) {
      int below = new StateRows(layers[i - 1].stateWidths(), workspace.batch()).length();
      stateAt[i] = stateAt[i - 1] + below;
    }
  }

  /** What it hands to the head. */
  Signal output() {
    return output;
  }

  /** Of the layers that have one, lowest first. */
  List<Signal> hidden() {
    return List.of(layers).stream().flatMap(layer -> layer.hidden().stream()).toList();
  }

  void forward() {
    for (Layer layer : layers) {
      layer.forward();
    }
  }

  void forwardTraining(CounterRandom random) {
    for (Layer layer : layers) {
      layer.forwardTraining(random);
    }
  }

  void backward() {
    for (int i = layers.length - 1; i >= 0; i--) {
      layers[i].backward();
    }
  }

  /** See {@link Layer#penalty}. */
  double penalty() {
    double sum = 0;
    for (Layer layer : layers) {
      sum += layer.penalty();
    }
    return sum;
  }

  /** Where each sequence's part of what all layers carry stands. */
  StateRows stateRows() {
    return stateRows;
  }

  void loadState(float[] state) {
    for (int i = 0; i < layers.length; i++) {
      layers[i].loadState(state, stateAt[i]);
    }
  }

  void storeState(float[] state) {
    for (int i = 0; i < layers.length; i++) {
      layers[i].storeState(state, stateAt[i]);
    }
  }
}
