package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterSpec;

/** From the description of a network to its parameters: names, shapes and first values. */
final class NetworkParameters {
  static final String HEAD = "head";

  private NetworkParameters() {}

  /**
   * Names and shapes.
   *
   * @throws IllegalArgumentException if they are more than one buffer holds
   */
  static ParameterLayout layout(NetworkSpec spec) {
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
    return ParameterLayout.of(parameters);
  }

  static float[] initial(NetworkSpec spec, long seed) {
    List<ParameterSpec> parameters = parameters(spec);
    ParameterLayout layout = ParameterLayout.of(parameters);
    var values = new float[layout.length()];
    for (ParameterSpec parameter : parameters) {
      ParameterLayout.Slice slice = layout.slice(parameter.name());
      var part = new float[slice.length()];
      parameter.initializer().fill(part, CounterRandom.of(seed).derive(parameter.name()));
      System.arraycopy(part, 0, values, slice.offset(), part.length);
    }
    return values;
  }

  private static List<ParameterSpec> parameters(NetworkSpec spec) {
    var all = new ArrayList<ParameterSpec>();
    List<String> scopes = spec.scopes();
    int width = 0;
    for (int i = 0; i < scopes.size(); i++) {
      LayerSpec layer = spec.layers().get(i);
      addAll(all, scopes.get(i), layer.parameters(width));
      width = layer.width(width);
    }
    Head head = spec.head().head();
    if (head.sharesEmbedding(spec.head())) {
      requireShared(spec, width);
    }
    addAll(all, HEAD, head.parameters(width, spec.head()));
    return all;
  }

  /** That the embedding has a vector for each class, as wide as what the head gets. */
  private static void requireShared(NetworkSpec spec, int width) {
    InputLayerSpec input = spec.input();
    int outputs = spec.head().outputs();
    boolean fits =
        input.scope().equals(InputLayerSpec.EMBEDDING)
            && input.idColumns().equals(List.of(outputs))
            && input.width(0) == width;
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a tied head of %d outputs over %d units shares an embedding of as many tokens and units, not %s",
              outputs,
              width,
              input));
    }
  }

  private static void addAll(List<ParameterSpec> all, String scope, List<ParameterSpec> parts) {
    for (ParameterSpec part : parts) {
      all.add(part.within(scope));
    }
  }
}
