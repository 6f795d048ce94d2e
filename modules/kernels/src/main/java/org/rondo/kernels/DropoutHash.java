package org.rondo.kernels;

/**
 * 32 random bits for each element of a dropout pass, from its index and a key alone. Only 32-bit
 * multiplications, additions, shifts and exclusive or, so that vectors compute the same.
 *
 * <p>Two rounds of the mixing function <a href="https://nullprogram.com/blog/2018/07/31/">lowbias32
 * </a>, one per half of the key.
 */
public final class DropoutHash {
  /** Multiplied to the index, so that neighbours differ in many bits. */
  public static final int GOLDEN = 0x9E3779B9;

  public static final int FACTOR1 = 0x7FEB352D;
  public static final int FACTOR2 = 0x846CA68B;

  private DropoutHash() {}

  /** The bits of element {@code index}. */
  public static int bits(int index, long key) {
    return mix(mix(index * GOLDEN + (int) key) ^ (int) (key >>> 32));
  }

  private static int mix(int bits) {
    int x = (bits ^ (bits >>> 16)) * FACTOR1;
    x = (x ^ (x >>> 15)) * FACTOR2;
    return x ^ (x >>> 16);
  }
}
