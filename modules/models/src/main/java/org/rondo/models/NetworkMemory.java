package org.rondo.models;

import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.NativeMemory;

/**
 * The off-heap bytes of a network, counted without taking them. A network of very many steps is not
 * even built: every buffer grows linearly with the steps, but for the logits, which are held in
 * blocks of a bounded size, so two shorter ones tell what it takes.
 */
final class NetworkMemory {
  /** Steps of all layers together that are built to be counted. */
  private static final int COUNTED_STEPS = 100_000;

  private NetworkMemory() {}

  private record Count(int steps, long bytes, long largest) {
    /** By the straight line through this and a shorter one. */
    long at(long wanted, Count shorter, long mine, long its) {
      return mine + (mine - its) / (steps - shorter.steps) * (wanted - steps);
    }
  }

  /**
   * See {@link Network#nativeBytes}.
   *
   * @throws IllegalArgumentException if one buffer would hold 2 GiB or more
   */
  static long bytes(NetworkSpec spec, ElementType precision, int steps, int batch, boolean trains) {
    int countable = Math.max(2, COUNTED_STEPS / spec.layers().size());
    requireRows(spec, steps, batch);
    Count most = count(spec, precision, Math.min(steps, countable), batch, trains);
    if (steps <= countable) {
      return most.bytes;
    }
    Count fewer = count(spec, precision, countable / 2, batch, trains);
    long largest = most.at(steps, fewer, most.largest, fewer.largest);
    if (largest > NativeMemory.MOST_FLOATS * Float.BYTES) {
      throw tooLarge(steps, batch, (double) largest);
    }
    return most.at(steps, fewer, most.bytes, fewer.bytes);
  }

  /** Of a network with others beside it, which share its parameters and its gradient. */
  static long bytes(
      NetworkSpec spec, ElementType precision, List<Integer> steps, int batch, boolean trains) {
    long each = steps.stream().mapToLong(t -> bytes(spec, precision, t, batch, trains)).sum();
    long vectors = trains ? 2 : 1;
    long shared = vectors * NetworkParameters.layout(spec).length() * Float.BYTES;
    return each - (steps.size() - 1) * shared;
  }

  /** The output of the widest layer, {@code (T,B,width)}, is among the buffers. */
  private static void requireRows(NetworkSpec spec, int steps, int batch) {
    int width = 0;
    int widest = 1;
    for (LayerSpec layer : spec.layers()) {
      width = layer.width(width);
      widest = Math.max(widest, width);
    }
    double floats = (double) steps * batch * widest;
    if (floats > NativeMemory.MOST_FLOATS) {
      throw tooLarge(steps, batch, floats * Float.BYTES);
    }
  }

  private static Count count(
      NetworkSpec spec, ElementType precision, int steps, int batch, boolean trains) {
    try (Network network = Network.counting(spec, precision, steps, batch, trains)) {
      return new Count(steps, network.nativeBytes(), network.largestBytes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: minibatches of %s x %s do not fit: %s",
              Counted.of(steps, "step"),
              Counted.of(batch, "sequence"),
              e.getMessage()),
          e);
    }
  }

  private static IllegalArgumentException tooLarge(int steps, int batch, double bytes) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "network: in minibatches of %s x %s one buffer would take %,.1f GB, more than the 2 GiB that one holds; fewer steps, sequences or units make it smaller",
            Counted.of(steps, "step"),
            Counted.of(batch, "sequence"),
            bytes / 1e9));
  }
}
