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
  private final int stateLength;

  LayerStack(NetworkSpec spec, Workspace workspace, Signal input) {
    var all = new ArrayList<Layer>();
    Signal top = input;
    List<String> scopes = NetworkParameters.scopes(spec);
    for (HiddenLayerSpec layer : spec.hidden()) {
      int number = all.size();
      all.add(layer.bind(workspace.layer(scopes.get(1 + number), number), top));
      top = all.get(number).output();
    }
    layers = all.toArray(new Layer[0]);
    output = top;
    stateLength = all.stream().mapToInt(Layer::stateLength).sum();
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

  /** Floats that all layers together carry from one minibatch to the next. */
  int stateLength() {
    return stateLength;
  }

  void loadState(float[] state) {
    int at = 0;
    for (Layer layer : layers) {
      layer.loadState(state, at);
      at += layer.stateLength();
    }
  }

  void storeState(float[] state) {
    int at = 0;
    for (Layer layer : layers) {
      layer.storeState(state, at);
      at += layer.stateLength();
    }
  }
}
