package org.rondo.kernels;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reproducible operands of passes, and the bits of what the passes make of them. */
abstract class PassBits {
  static final int ROWS = 3;

  final Elementwise passes;

  /** Elements of a row. */
  final int size;

  private final NativeMemory memory;
  private final Map<String, int[]> results = new LinkedHashMap<>();

  PassBits(Elementwise passes, int size, NativeMemory memory) {
    this.passes = passes;
    this.size = size;
    this.memory = memory;
  }

  /** Runs each pass once and keeps what it writes or returns. */
  abstract void runAll();

  /** The bits of everything that was kept, by name. */
  final Map<String, int[]> results() {
    return results;
  }

  final NativeBuffer zeros(int columns) {
    return memory.floats((long) ROWS * columns);
  }

  final NativeBuffer rounded(int columns) {
    return memory.allocate(ElementType.BFLOAT16, (long) ROWS * columns);
  }

  final NativeBuffer values(String name, int columns, float scale) {
    return vector(name, ROWS * columns, scale);
  }

  final NativeBuffer vector(String name, int count, float scale) {
    CounterRandom random = CounterRandom.of(7).derive(name);
    NativeBuffer buffer = memory.floats(count);
    for (int i = 0; i < count; i++) {
      buffer.set(i, scale * (float) (2 * random.uniform(i) - 1));
    }
    return buffer;
  }

  final void keep(String name, NativeBuffer buffer) {
    var bits = new int[buffer.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          buffer.type() == ElementType.FLOAT32
              ? Float.floatToRawIntBits(buffer.get(i))
              : buffer.bytes().getShort(Short.BYTES * i);
    }
    keep(name, bits);
  }

  final void keep(String name, double value) {
    long bits = Double.doubleToRawLongBits(value);
    keep(name, new int[] {(int) (bits >>> 32), (int) bits});
  }

  private void keep(String name, int[] bits) {
    if (results.put(name, bits) != null) {
      throw new IllegalStateException("kept twice: " + name);
    }
  }
}
