package org.rondo.pytorch;

import java.util.Arrays;
import org.rondo.models.parameters.ParameterLayout;

/** Tensors by name in one flat vector, row-major. */
final class Tensors {
  private final ParameterLayout layout;
  private final float[] values;

  /**
   * @param values of all of them; the array itself is read and written
   */
  Tensors(ParameterLayout layout, float[] values) {
    this.layout = layout;
    this.values = values;
  }

  boolean has(String name) {
    return layout.contains(name);
  }

  float[] get(String name) {
    ParameterLayout.Slice slice = layout.slice(name);
    return Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length());
  }

  void put(String name, float[] part) {
    ParameterLayout.Slice slice = layout.slice(name);
    if (part.length != slice.length()) {
      throw new IllegalStateException(
          name + " has " + slice.length() + " values, not " + part.length);
    }
    System.arraycopy(part, 0, values, slice.offset(), part.length);
  }
}
