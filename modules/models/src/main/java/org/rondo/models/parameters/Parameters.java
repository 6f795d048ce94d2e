package org.rondo.models.parameters;

import java.util.Locale;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;

/**
 * One flat off-heap float vector with named slices: the only thing that is broadcast, averaged,
 * clipped and saved. A gradient has the same layout and is held in the same type.
 */
public final class Parameters {
  private final ParameterLayout layout;
  private final NativeBuffer values;

  /** Zeros in that layout; the memory belongs to {@code memory}. */
  public Parameters(ParameterLayout layout, NativeMemory memory) {
    this(layout, memory.floats(layout.length()));
  }

  private Parameters(ParameterLayout layout, NativeBuffer values) {
    this.layout = layout;
    this.values = values;
  }

  /** Names without values, where nothing will read or write them. */
  public static Parameters placeholder(ParameterLayout layout) {
    return new Parameters(layout, NativeBuffer.placeholder(ElementType.FLOAT32, layout.length()));
  }

  /** Names, offsets and shapes. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The whole vector. */
  public NativeBuffer values() {
    return values;
  }

  /** A view of one slice. */
  public NativeBuffer slice(String name) {
    ParameterLayout.Slice slice = layout.slice(name);
    return values.slice(slice.offset(), slice.length());
  }

  /**
   * Overwrites the whole vector.
   *
   * @throws IllegalArgumentException if {@code source} has another length
   */
  public void set(float[] source) {
    if (source.length != layout.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "parameters: got %d values, the network has %d",
              source.length,
              layout.length()));
    }
    values.write(0, source, 0, source.length);
  }

  /** A copy of the whole vector. */
  public float[] toArray() {
    return values.toArray();
  }
}
