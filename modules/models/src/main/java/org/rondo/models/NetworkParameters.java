package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.layers.BidirectionalLayer;
import org.rondo.models.layers.DenseLayer;
import org.rondo.models.layers.EmbeddingLayer;
import org.rondo.models.layers.RecurrentLayer;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterSpec;

/** From the description of a network to its parameters: names, shapes and first values. */
public final class NetworkParameters {
  static final String HEAD = "head";

  private NetworkParameters() {}

  /**
   * What the names of each layer's parameters begin with: {@code embedding}, {@code recurrent.0},
   * {@code recurrent.1}, .., {@code dense.0}, ..; names of layers without parameters mean nothing.
   */
  static List<String> scopes(NetworkSpec spec) {
    var scopes = new ArrayList<String>();
    int dense = 0;
    int recurrent = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof LayerSpec.Embedding) {
        scopes.add("embedding");
      } else if (layer instanceof LayerSpec.Dense) {
        scopes.add("dense." + dense++);
      } else if (hasParameters(layer)) {
        scopes.add("recurrent." + recurrent++);
      } else {
        scopes.add("");
      }
    }
    return scopes;
  }

  private static boolean hasParameters(LayerSpec layer) {
    return !(layer instanceof LayerSpec.Values || layer instanceof LayerSpec.Dropout);
  }

  /**
   * Names and shapes.
   *
   * @throws IllegalArgumentException if they are more than one buffer holds
   */
  public static ParameterLayout layout(NetworkSpec spec) {
    List<ParameterSpec> parameters = parameters(spec);
    double total = parameters.stream().mapToDouble(p -> ParameterSpec.elements(p.shape())).sum();
    if (total > NativeMemory.MOST_FLOATS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: %,.0f parameters, %,.1f GB in float32, are more than the %,d that one vector holds; fewer layers, fewer units or a smaller vocabulary make fewer",
              total,
              total * Float.BYTES / 1e9,
              NativeMemory.MOST_FLOATS));
    }
    return layout(parameters);
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

  public static ParameterLayout layout(List<ParameterSpec> parameters) {
    var layout = new ParameterLayout();
    for (ParameterSpec parameter : parameters) {
      layout.add(
          parameter.name(), parameter.shape().stream().mapToInt(Integer::intValue).toArray());
    }
    return layout;
  }

  private static List<ParameterSpec> parameters(NetworkSpec spec) {
    var all = new ArrayList<ParameterSpec>();
    List<String> scopes = scopes(spec);
    int width = 0;
    for (int i = 0; i < scopes.size(); i++) {
      LayerSpec layer = spec.layers().get(i);
      if (hasParameters(layer)) {
        addAll(all, scopes.get(i), layerParameters(layer, width));
      }
      width = layer.width(width);
    }
    addAll(all, HEAD, spec.head().head().parameters(width, spec.head()));
    return all;
  }

  public static List<ParameterSpec> layerParameters(LayerSpec layer, int inputs) {
    if (layer instanceof LayerSpec.Embedding embedding) {
      return EmbeddingLayer.parameters(embedding);
    }
    if (layer instanceof LayerSpec.Dense dense) {
      return DenseLayer.parameters(dense, inputs);
    }
    if (layer instanceof LayerSpec.Residual residual) {
      return layerParameters(residual.inner(), inputs);
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
