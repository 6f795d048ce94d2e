package org.rondo.kernels;

/** How one number is stored in a {@link NativeBuffer}. Sums are always float32. */
public enum ElementType {
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** The upper half of a binary32: 8 bits of exponent, 7 of fraction. */
  BFLOAT16(2);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }
}
