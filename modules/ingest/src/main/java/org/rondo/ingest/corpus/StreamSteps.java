package org.rondo.ingest.corpus;

import java.io.Serializable;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.UnrollSteps;
import org.rondo.kernels.CounterRandom;

/** How many steps each minibatch over streams has, and where in them it begins. */
interface StreamSteps extends Serializable {
  /** In an epoch. */
  long minibatches();

  /** T of minibatch {@code number}, counted without end from the first of the first epoch. */
  int steps(long number);

  /** Tokens of each stream that the epoch's minibatches before it have read. */
  long from(long number);

  /**
   * Those of a plan.
   *
   * @param length of the longest stream, at least 1
   * @param seed of the order, where steps vary
   */
  static StreamSteps of(ShardPlan plan, long length, long seed) {
    return plan.varied()
        ? new Varied(length, plan.unroll(), seed)
        : new Constant((length + plan.unroll() - 1) / plan.unroll(), plan.unroll());
  }

  /** All alike. */
  record Constant(long minibatches, int unroll) implements StreamSteps {
    @Override
    public int steps(long number) {
      return unroll;
    }

    @Override
    public long from(long number) {
      return number % minibatches * unroll;
    }
  }

  /** As {@link UnrollSteps} has them; the same for all shards, so that these take as long. */
  final class Varied implements StreamSteps {
    private static final long serialVersionUID = 1L;

    private final long length;
    private final int unroll;
    private final long seed;

    /** Made where they are needed; do not travel. */
    private transient int[] unordered;

    private transient Epoch epoch;

    /** The steps of an epoch's minibatches, and where each begins. */
    private static final class Epoch {
      private final long number;
      private final int[] steps;
      private final long[] from;

      Epoch(long number, int[] steps) {
        this.number = number;
        this.steps = steps;
        from = new long[steps.length];
        for (int i = 1; i < steps.length; i++) {
          from[i] = from[i - 1] + steps[i - 1];
        }
      }
    }

    Varied(long length, int unroll, long seed) {
      this.length = length;
      this.unroll = unroll;
      this.seed = seed;
    }

    private synchronized int[] unordered() {
      if (unordered == null) {
        unordered = UnrollSteps.of(length, unroll);
      }
      return unordered;
    }

    private synchronized Epoch epoch(long minibatch) {
      long number = minibatch / minibatches();
      if (epoch == null || epoch.number != number) {
        CounterRandom random = CounterRandom.of(seed).derive("unroll").derive(number);
        epoch = new Epoch(number, UnrollSteps.shuffled(unordered(), random));
      }
      return epoch;
    }

    @Override
    public long minibatches() {
      return unordered().length;
    }

    @Override
    public int steps(long number) {
      return epoch(number).steps[index(number)];
    }

    @Override
    public long from(long number) {
      return epoch(number).from[index(number)];
    }

    private int index(long number) {
      return (int) (number % minibatches());
    }
  }
}
