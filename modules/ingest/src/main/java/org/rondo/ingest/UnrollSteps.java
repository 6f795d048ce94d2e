package org.rondo.ingest;

import java.util.List;
import java.util.stream.IntStream;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ValueException;

/**
 * Steps of the minibatches of a stream that do not all have {@code unroll} of them, so that its
 * tokens do not stand at the same places of minibatches in every epoch, and the first ones of a
 * minibatch, through which few gradients flow, are others each time.
 *
 * <p>Of twenty minibatches one has half of {@code unroll}; the others have {@code unroll}, a
 * fourteenth less or a fourteenth more, about as often as a normal distribution of that deviation
 * says. All epochs have the same ones, the last of which ends the stream; the others come in an
 * order that is drawn for each epoch. So every epoch has as many minibatches.
 *
 * @see <a href="https://arxiv.org/abs/1708.02182">Merity, Keskar and Socher 2018</a>
 */
public final class UnrollSteps {
  private static final int CYCLE = 20;

  /** Below it, a fourteenth would be no step. */
  private static final int LEAST_UNROLL = 4;

  private UnrollSteps() {}

  /**
   * That steps can be drawn about so many.
   *
   * @throws ValueException if they are too few
   */
  public static void require(int unroll) {
    ValueException.unless(
        unroll >= LEAST_UNROLL,
        "train.vary_unroll",
        true,
        "needs train.unroll >= " + LEAST_UNROLL + ", which is " + unroll);
  }

  /** The different ones, ascending. */
  public static List<Integer> different(int unroll) {
    int spread = spread(unroll);
    return List.of(unroll / 2, unroll - spread, unroll, unroll + spread);
  }

  private static int spread(int unroll) {
    return Math.max(1, unroll / 14);
  }

  /**
   * Those of an epoch before they are put in order.
   *
   * @param length of the stream in tokens, at least 1
   */
  public static int[] of(long length, int unroll) {
    IntStream.Builder all = IntStream.builder();
    long left = length;
    for (int number = 0; left > unroll; number++) {
      int drawn = step(number, unroll);
      int steps = drawn < left ? drawn : unroll;
      all.add(steps);
      left -= steps;
    }
    return all.add(unroll).build().toArray();
  }

  private static int step(int number, int unroll) {
    int at = number % CYCLE;
    return at == 0 ? unroll / 2 : unroll + (at % 3 - 1) * spread(unroll);
  }

  /**
   * The same in the order of an epoch: all but the last are shuffled.
   *
   * @param steps as {@link #of} gives them; not modified
   */
  public static int[] shuffled(int[] steps, CounterRandom random) {
    int last = steps.length - 1;
    int[] order = Shuffle.permutation(last, random);
    var all = new int[steps.length];
    for (int i = 0; i < last; i++) {
      all[i] = steps[order[i]];
    }
    all[last] = steps[last];
    return all;
  }
}
