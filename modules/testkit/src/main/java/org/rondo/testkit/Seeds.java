package org.rondo.testkit;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeBuffer;

/** The seed of all tests, and reproducible random values. */
public final class Seeds {
  /** Named in the message of a test that fails. */
  public static final long SEED = 20_260_101;

  private Seeds() {}

  /** {@code count} values uniform in [-scale, scale), the same for the same name. */
  public static float[] uniform(String name, int count, float scale) {
    CounterRandom random = CounterRandom.of(SEED).derive(name);
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.uniform(i) - 1) * scale;
    }
    return values;
  }

  /** Overwrites a float32 buffer with {@link #uniform}. */
  public static void fill(NativeBuffer buffer, String name, float scale) {
    buffer.write(0, uniform(name, buffer.length(), scale), 0, buffer.length());
  }

  /** {@code count} numbers from 0 to {@code below - 1}, the same for the same name. */
  public static int[] numbers(String name, int count, int below) {
    CounterRandom random = CounterRandom.of(SEED).derive(name);
    var values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (int) (random.uniform(i) * below);
    }
    return values;
  }
}
