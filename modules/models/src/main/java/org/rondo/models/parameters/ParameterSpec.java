package org.rondo.models.parameters;

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

  /** Elements of a tensor of that shape; a double, so that no size overflows. */
  public static double elements(List<Integer> shape) {
    return shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
  }

  /** The same as part of something named {@code scope}. */
  public ParameterSpec within(String scope) {
    return new ParameterSpec(scope + "." + name, shape, initializer);
  }
}
