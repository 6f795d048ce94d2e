package org.rondo.ingest.sequences;

import java.util.Arrays;
import org.rondo.ingest.Shuffle;
import org.rondo.kernels.CounterRandom;

/** The order of a shard's groups in one epoch, and of the sequences in them. Immutable. */
final class EpochOrder {
  private final SequenceGroups groups;
  private final int[] sequences;

  /** The group at each place. */
  private final int[] order;

  /** {@code (groups + 1)}: the minibatch that the group at each place begins with. */
  private final long[] starts;

  private EpochOrder(SequenceGroups groups, int[] sequences, int[] order) {
    this.groups = groups;
    this.sequences = sequences;
    this.order = order;
    starts = new long[order.length + 1];
    for (int place = 0; place < order.length; place++) {
      starts[place + 1] = starts[place] + groups.pieces(order[place]);
    }
  }

  /** The groups as they are, one after the other. */
  static EpochOrder asItIs(SequenceGroups groups) {
    return new EpochOrder(groups, groups.sequences(), Shuffle.identity(groups.count()));
  }

  /** Sequences shuffled within their class, then the groups of all classes. */
  static EpochOrder shuffled(SequenceGroups groups, CounterRandom random) {
    int[] sequences = groups.sequences().clone();
    for (int number = 0; number < groups.classes(); number++) {
      int from = groups.classStart(number);
      int to = groups.classStart(number + 1);
      int[] places = Shuffle.permutation(to - from, random.derive("bucket").derive(number));
      for (int i = from; i < to; i++) {
        sequences[i] = groups.sequences()[from + places[i - from]];
      }
    }
    int[] order = Shuffle.permutation(groups.count(), random.derive("minibatches"));
    return new EpochOrder(groups, sequences, order);
  }

  /** Groups. */
  int groups() {
    return order.length;
  }

  /** Sequences of the group at that place. */
  int rows(int place) {
    return groups.rows(order[place]);
  }

  /** The sequence in row b of the group at that place. */
  int sequence(int place, int b) {
    return sequences[order[place] * groups.batch() + b];
  }

  /** The place of the group that a minibatch of the epoch belongs to. */
  int place(long minibatch) {
    int found = Arrays.binarySearch(starts, minibatch);
    return found >= 0 ? found : -found - 2;
  }

  /** Which piece of its group a minibatch is. */
  int piece(long minibatch) {
    return (int) (minibatch - starts[place(minibatch)]);
  }

  /** T of a minibatch. */
  int steps(long minibatch) {
    return groups.steps(order[place(minibatch)], piece(minibatch));
  }
}
