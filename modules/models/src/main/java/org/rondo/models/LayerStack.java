package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.layers.BidirectionalLayer;
import org.rondo.models.layers.DenseLayer;
import org.rondo.models.layers.DropoutLayer;
import org.rondo.models.layers.RecurrentLayer;
import org.rondo.models.layers.ResidualLayer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** The layers of a network between its input and its head, lowest first. */
public final class LayerStack {
  private final Layer[] layers;
  private final Signal output;
  private final int stateLength;

  LayerStack(NetworkSpec spec, Workspace workspace, Signal input) {
    var all = new ArrayList<Layer>();
    Signal top = input;
    List<String> scopes = NetworkParameters.scopes(spec);
    for (int i = 1; i < scopes.size(); i++) {
      if (spec.layers().get(i) instanceof LayerSpec.Dropout dropout) {
        all.add(new DropoutLayer(workspace, top, dropout.rate(), all.size()));
      } else {
        all.add(layer(spec.layers().get(i), workspace.within(scopes.get(i)), top));
      }
      top = all.get(all.size() - 1).output();
    }
    layers = all.toArray(new Layer[0]);
    output = top;
    stateLength = all.stream().mapToInt(Layer::stateLength).sum();
  }

  public static Layer layer(LayerSpec spec, Workspace workspace, Signal input) {
    if (spec instanceof LayerSpec.Recurrent recurrent) {
      return new RecurrentLayer(workspace, input, recurrent.cell());
    }
    if (spec instanceof LayerSpec.Bidirectional bidirectional) {
      return new BidirectionalLayer(workspace, input, bidirectional.cell());
    }
    if (spec instanceof LayerSpec.Residual residual) {
      return new ResidualLayer(workspace, input, layer(residual.inner(), workspace, input));
    }
    if (spec instanceof LayerSpec.Dense dense) {
      return new DenseLayer(workspace, input, dense);
    }
    throw new IllegalArgumentException("network: no layer can be made of " + spec);
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
