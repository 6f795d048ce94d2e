package org.rondo.onnx;

import java.util.List;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;

/** The layers between input and head, as they are after training. */
final class LayerNodes {
  private final Graph graph;
  private final RecurrentNodes recurrent;

  LayerNodes(Graph graph, RecurrentNodes recurrent) {
    this.graph = graph;
    this.recurrent = recurrent;
  }

  /** From the layer's input, {@code (T,B,I)}, to its output, {@code (T,B,H)}. */
  String of(HiddenLayerSpec spec, Weights weights, String input) {
    if (spec instanceof Recurrent layer) {
      return recurrent.carried(weights, layer.cell(), input);
    }
    if (spec instanceof Bidirectional layer) {
      return recurrent.both(weights, layer.cell(), input);
    }
    if (spec instanceof Residual layer) {
      return graph.add("Add", List.of(of(layer.inner(), weights, input), input));
    }
    if (spec instanceof Dense layer) {
      return activation(layer.activation(), linear(graph, weights, "", input));
    }
    if (spec.evaluated().isEmpty()) { // of training alone, such as dropout
      return input;
    }
    throw RecurrentNodes.unsupported("the layer " + spec);
  }

  /** {@code x W + b}, W and b being the parameters so called behind a prefix. */
  static String linear(Graph graph, Weights weights, String prefix, String input) {
    String name = prefix + "weight";
    String weight =
        graph.floats(name, weights.get(name), weights.size(name, 0), weights.size(name, 1));
    String bias =
        graph.floats(
            prefix + "bias", weights.get(prefix + "bias"), weights.size(prefix + "bias", 0));
    return graph.add("Add", List.of(graph.add("MatMul", List.of(input, weight)), bias));
  }

  private String activation(String name, String sums) {
    return switch (name) {
      case "identity" -> sums;
      case "tanh" -> graph.add("Tanh", List.of(sums));
      case "relu" -> graph.add("Relu", List.of(sums));
      case "sigmoid" -> graph.add("Sigmoid", List.of(sums));
      default -> throw RecurrentNodes.unsupported("the activation " + name);
    };
  }
}
