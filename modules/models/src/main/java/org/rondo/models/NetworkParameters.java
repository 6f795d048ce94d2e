package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.CounterRandom;

/** From the description of a network to its parameters: names, shapes and first values. */
final class NetworkParameters {
  static final String EMBEDDING = "embedding";
  static final String HEAD = "head";

  private NetworkParameters() {}

  /** The scope of the parameters of recurrent layer {@code index}, counted from 0. */
  static String recurrent(int index) {
    return "recurrent." + index;
  }

  static ParameterLayout layout(NetworkSpec spec) {
    return layout(parameters(spec));
  }

  static float[] initial(NetworkSpec spec, long seed) {
    List<ParameterSpec> parameters = parameters(spec);
    ParameterLayout layout = layout(parameters);
    var values = new float[layout.length()];
    for (ParameterSpec parameter : parameters) {
      ParameterLayout.Slice slice = layout.slice(parameter.name());
      var part = new float[slice.length()];
      parameter.initializer().fill(part, CounterRandom.of(seed).derive(parameter.name()));
      System.arraycopy(part, 0, values, slice.offset(), part.length);
    }
    return values;
  }

  static ParameterLayout layout(List<ParameterSpec> parameters) {
    var layout = new ParameterLayout();
    for (ParameterSpec parameter : parameters) {
      layout.add(
          parameter.name(), parameter.shape().stream().mapToInt(Integer::intValue).toArray());
    }
    return layout;
  }

  private static List<ParameterSpec> parameters(NetworkSpec spec) {
    var all = new ArrayList<ParameterSpec>();
    int width = 0;
    int recurrent = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof LayerSpec.Embedding embedding) {
        addAll(all, EMBEDDING, EmbeddingLayer.parameters(embedding));
      } else if (!(layer instanceof LayerSpec.Dropout)) {
        addAll(all, recurrent(recurrent++), recurrentParameters(layer, width));
      }
      width = layer.width(width);
    }
    addAll(all, HEAD, spec.head().head().parameters(width, spec.head()));
    return all;
  }

  static List<ParameterSpec> recurrentParameters(LayerSpec layer, int inputs) {
    if (layer instanceof LayerSpec.Residual residual) {
      return recurrentParameters(residual.inner(), inputs);
    }
    if (layer instanceof LayerSpec.Bidirectional bidirectional) {
      return BidirectionalLayer.parameters(bidirectional.cell(), inputs);
    }
    return RecurrentLayer.parameters(((LayerSpec.Recurrent) layer).cell(), inputs);
  }

  private static void addAll(List<ParameterSpec> all, String scope, List<ParameterSpec> parts) {
    for (ParameterSpec part : parts) {
      all.add(part.within(scope));
    }
  }
}
