package org.rondo.models.parameters;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The named slices of a flat parameter vector, in order, without gaps. */
public final class ParameterLayout {
  /**
   * One named tensor inside the flat vector, row-major.
   *
   * @param offset of its first element
   * @param shape dimensions, outermost first
   */
  public record Slice(String name, int offset, List<Integer> shape) {
    /** Number of elements. */
    public int length() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  private final Map<String, Slice> slices = new LinkedHashMap<>();
  private int length;

  /** These parameters in their order. */
  public static ParameterLayout of(List<ParameterSpec> parameters) {
    var layout = new ParameterLayout();
    for (ParameterSpec parameter : parameters) {
      layout.add(
          parameter.name(), parameter.shape().stream().mapToInt(Integer::intValue).toArray());
    }
    return layout;
  }

  /**
   * Appends a slice.
   *
   * @throws IllegalArgumentException if the name is taken, or the vector would exceed 2^31 - 1
   *     elements
   */
  public Slice add(String name, int... shape) {
    var dimensions = new ArrayList<Integer>();
    for (int d : shape) {
      dimensions.add(d);
    }
    requireRoom(name, dimensions);
    var slice = new Slice(name, length, List.copyOf(dimensions));
    if (slices.putIfAbsent(name, slice) != null) {
      throw new IllegalArgumentException("parameter name taken twice: " + name);
    }
    length += slice.length();
    return slice;
  }

  private void requireRoom(String name, List<Integer> shape) {
    double elements = ParameterSpec.elements(shape);
    if (elements < 0 || length + elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "parameters: %s of shape %s behind %,d others makes more than %,d",
              name,
              shape,
              length,
              Integer.MAX_VALUE));
    }
  }

  /**
   * The slice of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Slice slice(String name) {
    Slice slice = slices.get(name);
    if (slice == null) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no parameter named %s among %s", name, slices.keySet()));
    }
    return slice;
  }

  /** Whether there is a slice of that name. */
  public boolean contains(String name) {
    return slices.containsKey(name);
  }

  /** All slices in order. */
  public List<Slice> slices() {
    return Collections.unmodifiableList(new ArrayList<>(slices.values()));
  }

  /** Elements of the whole vector. */
  public int length() {
    return length;
  }
}
