package org.rondo.models;

import java.util.List;

/**
 * One parameter tensor of a layer, cell or head.
 *
 * @param name within its owner, such as {@code bias}
 * @param shape dimensions, outermost first
 * @param initializer its values before the first step
 */
public record ParameterSpec(String name, List<Integer> shape, Initializer initializer) {
  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** The same as part of something named {@code scope}. */
  ParameterSpec within(String scope) {
    return new ParameterSpec(scope + "." + name, shape, initializer);
  }
}
