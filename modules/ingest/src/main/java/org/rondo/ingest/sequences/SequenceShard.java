package org.rondo.ingest.sequences;

import java.util.Locale;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

/**
 * Sequences side by side, B at a time: row b of a group's minibatches is one sequence, piece after
 * piece with the hidden state carried on, until the longest of the group has ended; rows that ended
 * before are empty. Then the next group begins, from a state of zeros. Rows that are left over in
 * the smallest group are empty.
 */
final class SequenceShard implements Shard {
  private static final long serialVersionUID = 1L;

  private final SequenceRows rows;
  private final SequenceGroups groups;
  private final int unroll;
  private final boolean shuffled;

  /** Of the random numbers that epochs are shuffled by. */
  private final long key;

  /** The order of one epoch, made anew where another is asked for; does not travel. */
  private transient volatile Drawn drawn;

  private record Drawn(long epoch, EpochOrder order) {}

  private SequenceShard(
      SequenceRows rows, SequenceGroups groups, int unroll, boolean shuffled, long key) {
    this.rows = rows;
    this.groups = groups;
    this.unroll = unroll;
    this.shuffled = shuffled;
    this.key = key;
  }

  /** Whose groups stand in the same order in every epoch. */
  SequenceShard(SequenceRows rows, SequenceGroups groups, int unroll) {
    this(rows, groups, unroll, false, 0);
  }

  /** Whose groups stand in an order that is drawn anew for each epoch. */
  SequenceShard(SequenceRows rows, SequenceGroups groups, int unroll, CounterRandom random) {
    this(rows, groups, unroll, true, random.key());
  }

  @Override
  public long minibatches() {
    return groups.minibatches();
  }

  @Override
  public boolean startsSequence(long number) {
    return order(number).piece(number % minibatches()) == 0;
  }

  @Override
  public int steps(long number) {
    return order(number).steps(number % minibatches());
  }

  @Override
  public Reader reader() {
    return new GroupReader();
  }

  private EpochOrder order(long number) {
    long epoch = shuffled ? number / minibatches() : 0;
    Drawn now = drawn;
    if (now == null || now.epoch != epoch) {
      EpochOrder order =
          shuffled
              ? EpochOrder.shuffled(groups, new CounterRandom(key).derive(epoch))
              : EpochOrder.asItIs(groups);
      now = new Drawn(epoch, order);
      drawn = now;
    }
    return now.order;
  }

  /** Keeps the sequences of one group: a long one is decoded once, not for each of its pieces. */
  private final class GroupReader implements Reader {
    private EpochOrder order;
    private int place;
    private Sequence[] group = {};

    @Override
    public void fill(Minibatch minibatch, long number) {
      EpochOrder wanted = order(number);
      long index = number % minibatches();
      requireShape(minibatch, wanted.steps(index));
      if (wanted != order || wanted.place(index) != place) {
        order = wanted;
        place = wanted.place(index);
        group = rows.group(order, place);
      }
      minibatch.clear();
      for (int b = 0; b < group.length; b++) {
        rows.fill(minibatch, b, group[b], order.piece(index) * unroll);
      }
    }
  }

  private void requireShape(Minibatch minibatch, int steps) {
    if (minibatch.steps() != steps || minibatch.batch() != groups.batch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: a minibatch of T = %d, B = %d for sequences of T = %d, B = %d",
              minibatch.steps(),
              minibatch.batch(),
              steps,
              groups.batch()));
    }
  }
}
