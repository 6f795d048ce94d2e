package org.rondo.ingest.sequences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.models.Minibatch;

/**
 * Sequences side by side, B at a time: row b of a group's minibatches is one sequence, piece after
 * piece with the hidden state carried on, until the longest of the group has ended; rows that ended
 * before are empty. Then the next B begin, from a state of zeros, in the same order in every epoch.
 * Rows that are left over in the last group are empty.
 */
final class SequenceShard implements Shard {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Sequence> sequences;
  private final int batch;
  private final int unroll;

  /** {@code (groups + 1)}: the minibatch that each group begins with. */
  private final long[] starts;

  SequenceShard(List<Sequence> sequences, ShardPlan plan) {
    this.sequences = new ArrayList<>(sequences);
    this.batch = plan.batch();
    this.unroll = plan.unroll();
    int groups = (int) ((sequences.size() + batch - 1L) / batch);
    starts = new long[groups + 1];
    for (int group = 0; group < groups; group++) {
      int longest = 1;
      for (Sequence sequence : group(group)) {
        longest = Math.max(longest, sequence.length());
      }
      starts[group + 1] = starts[group] + (longest + unroll - 1L) / unroll;
    }
  }

  private List<Sequence> group(int group) {
    int from = group * batch;
    return sequences.subList(from, Math.min(sequences.size(), from + batch));
  }

  @Override
  public long minibatches() {
    return starts[starts.length - 1];
  }

  @Override
  public boolean startsSequence(long number) {
    return Arrays.binarySearch(starts, number % minibatches()) >= 0;
  }

  @Override
  public Reader reader() {
    return this::fill;
  }

  private void fill(Minibatch minibatch, long number) {
    if (minibatch.steps() != unroll || minibatch.batch() != batch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: a minibatch of T = %d, B = %d for sequences of T = %d, B = %d",
              minibatch.steps(),
              minibatch.batch(),
              unroll,
              batch));
    }
    minibatch.clear();
    long index = number % minibatches();
    int found = Arrays.binarySearch(starts, index);
    int group = found >= 0 ? found : -found - 2;
    int from = (int) (index - starts[group]) * unroll;
    List<Sequence> rows = group(group);
    for (int b = 0; b < rows.size(); b++) {
      rows.get(b).fill(minibatch, b, from);
    }
  }
}
