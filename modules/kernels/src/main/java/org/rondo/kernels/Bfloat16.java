package org.rondo.kernels;

/** The conversion between float32 and bfloat16, the upper half of a float32. */
public final class Bfloat16 {
  private Bfloat16() {}

  /** The nearest bfloat16, ties to even; NaN stays NaN, and what is too large becomes infinite. */
  public static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The float32 of equal value. */
  public static float widen(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
