package org.rondo.training.optimizers;

/** Numbers of a plan that kernels take as float32. */
public final class Float32 {
  private Float32() {}

  /** Whether it stays finite as a float32, and does not fall to zero or into subnormal numbers. */
  public static boolean holds(double value) {
    double magnitude = Math.abs((float) value);
    return value == 0 || (magnitude >= Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE);
  }
}
