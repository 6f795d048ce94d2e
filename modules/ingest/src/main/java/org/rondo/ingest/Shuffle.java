package org.rondo.ingest;

import org.rondo.kernels.CounterRandom;

/** Random orders that are a pure function of a key. */
public final class Shuffle {
  private Shuffle() {}

  /** The numbers {@code 0 ..< count} in the order of Fisher and Yates's shuffle. */
  public static int[] permutation(int count, CounterRandom random) {
    int[] all = identity(count);
    for (int i = count - 1; i > 0; i--) {
      int j = (int) (random.uniform(i) * (i + 1));
      int moved = all[i];
      all[i] = all[j];
      all[j] = moved;
    }
    return all;
  }

  /** The numbers {@code 0 ..< count} as they are. */
  public static int[] identity(int count) {
    var all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = i;
    }
    return all;
  }
}
