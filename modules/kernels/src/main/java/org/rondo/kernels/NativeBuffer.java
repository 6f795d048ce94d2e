package org.rondo.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Objects;

/**
 * A view of off-heap numbers in native byte order; owned, and freed, by a {@link NativeMemory}.
 *
 * <p>Indices and lengths count elements. Single-element access is bounds-checked; it must not be
 * used after the owner was closed.
 */
public final class NativeBuffer {
  /** Bytes that are sooner copied one by one than by a call. */
  private static final int FEW = 32;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final ByteBuffer bytes;

  /** Made once, so that copying allocates nothing; null unless float32. */
  private final FloatBuffer floats;

  private final ElementType type;
  private final int length;

  NativeBuffer(ByteBuffer bytes, ElementType type) {
    this(bytes, type, bytes.capacity() / type.bytes());
  }

  private NativeBuffer(ByteBuffer bytes, ElementType type, int length) {
    this.bytes = bytes.order(ByteOrder.nativeOrder());
    this.floats = type == ElementType.FLOAT32 ? this.bytes.asFloatBuffer() : null;
    this.type = type;
    this.length = length;
  }

  /**
   * A buffer that has a length and slices but no memory: where a part is described that will not
   * run. Every access is an error.
   *
   * @throws ArithmeticException if the length exceeds 2^31 - 1
   */
  public static NativeBuffer placeholder(ElementType type, long length) {
    return new NativeBuffer(NOTHING.duplicate(), type, Math.toIntExact(length));
  }

  /** Whether this is a {@link #placeholder} or a slice of one. */
  public boolean isPlaceholder() {
    return bytes.capacity() == 0 && length > 0;
  }

  /** Number of elements. */
  public int length() {
    return length;
  }

  /** How each element is stored. */
  public ElementType type() {
    return type;
  }

  /** The bytes themselves, position 0, native order; for kernel implementations. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /**
   * A view of {@code length} elements that starts at {@code from} and shares this buffer's memory.
   *
   * @throws IndexOutOfBoundsException if the range leaves this buffer
   */
  public NativeBuffer slice(int from, int length) {
    Objects.checkFromIndexSize(from, length, this.length);
    if (isPlaceholder()) {
      return placeholder(type, length);
    }
    return new NativeBuffer(bytes.slice(from * type.bytes(), length * type.bytes()), type);
  }

  /** The float32 at {@code index}; only for {@link ElementType#FLOAT32}. */
  public float get(int index) {
    return bytes.getFloat(index * Float.BYTES);
  }

  /** Stores a float32 at {@code index}; only for {@link ElementType#FLOAT32}. */
  public void set(int index, float value) {
    bytes.putFloat(index * Float.BYTES, value);
  }

  /** Copies {@code count} float32 values from {@code source[from..]} to {@code this[at..]}. */
  public void write(int at, float[] source, int from, int count) {
    requireFloat();
    floats.put(at, source, from, count);
  }

  /** Copies {@code count} float32 values from {@code this[at..]} to {@code target[from..]}. */
  public void read(int at, float[] target, int from, int count) {
    requireFloat();
    floats.get(at, target, from, count);
  }

  /** All values as a new array. */
  public float[] toArray() {
    var values = new float[length];
    read(0, values, 0, length);
    return values;
  }

  /**
   * Copies {@code count} elements of {@code source[from..]} to {@code this[at..]}; both of the same
   * type.
   */
  public void copy(int at, NativeBuffer source, int from, int count) {
    int width = type.bytes();
    if (source.type != type) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "copy: from %s to %s", source.type, type));
    }
    if (count * width <= FEW) {
      copyFew(at * width, source.bytes, from * width, count * width);
    } else {
      bytes.put(at * width, source.bytes, from * width, count * width);
    }
  }

  private void copyFew(int at, ByteBuffer source, int from, int count) {
    int i = 0;
    for (; i + Long.BYTES <= count; i += Long.BYTES) {
      bytes.putLong(at + i, source.getLong(from + i));
    }
    for (; i + Integer.BYTES <= count; i += Integer.BYTES) {
      bytes.putInt(at + i, source.getInt(from + i));
    }
    if (i < count) {
      bytes.putShort(at + i, source.getShort(from + i));
    }
  }

  /** Sets {@code count} elements from {@code from} on to zero. */
  public void clear(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    int end = (from + count) * type.bytes();
    int at = from * type.bytes();
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      bytes.putLong(at, 0L);
    }
    for (; at < end; at++) {
      bytes.put(at, (byte) 0);
    }
  }

  private void requireFloat() {
    if (type != ElementType.FLOAT32) {
      throw new IllegalStateException("float32 access to a buffer of " + type);
    }
  }
}
