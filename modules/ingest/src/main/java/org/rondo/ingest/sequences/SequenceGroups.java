package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which sequences of a shard stand side by side in minibatches of B rows, and in how many pieces of
 * how many steps: all pieces of a group have {@code unroll} steps but the last, which has the
 * fewest of the given numbers of steps that suffice for its longest sequence.
 *
 * <p>Sorted by length, longest first, every B sequences make a group, so that only that of the
 * shortest has rows left over; no packing in groups of B has fewer steps. Groups of equal pieces
 * make a class, within which sequences may change places.
 */
final class SequenceGroups implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int batch;
  private final int unroll;

  /** The sequences in the order of the groups. */
  private final int[] sequences;

  /** Of each group. */
  private final int[] pieces;

  /** Of each group, T of its last piece. */
  private final int[] lastSteps;

  /** The first group of each class, then the number of groups. */
  private final int[] classes;

  private final long minibatches;

  /**
   * @param lengths of the sequences
   * @param steps T of minibatches, ascending; the last suffices for all that is not cut
   * @param sorted by length; else in their own order, each group a class of its own
   */
  SequenceGroups(int[] lengths, int batch, int unroll, List<Integer> steps, boolean sorted) {
    this.batch = batch;
    this.unroll = unroll;
    sequences = sorted ? longestFirst(lengths) : identity(lengths.length);
    int count = (int) ((lengths.length + batch - 1L) / batch);
    pieces = new int[count];
    lastSteps = new int[count];
    var starts = new int[count + 1];
    int found = 0;
    long all = 0;
    for (int group = 0; group < count; group++) {
      int longest = 1; // a network has a step at least
      for (int b = 0; b < rows(group); b++) {
        longest = Math.max(longest, lengths[sequences[group * batch + b]]);
      }
      pieces[group] = (longest - 1) / unroll + 1;
      int rest = longest - (pieces[group] - 1) * unroll;
      lastSteps[group] = steps.stream().filter(each -> each >= rest).findFirst().orElseThrow();
      if (!sorted || group == 0 || !isAlike(group, group - 1)) {
        starts[found++] = group;
      }
      all += pieces[group];
    }
    starts[found] = count;
    classes = Arrays.copyOf(starts, found + 1);
    minibatches = all;
  }

  private boolean isAlike(int group, int other) {
    return pieces[group] == pieces[other] && lastSteps[group] == lastSteps[other];
  }

  /** Of equal lengths, the first comes first. */
  private static int[] longestFirst(int[] lengths) {
    var keys = new long[lengths.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) (Integer.MAX_VALUE - lengths[i]) << Integer.SIZE) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  private static int[] identity(int count) {
    var all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** B. */
  int batch() {
    return batch;
  }

  /** Groups. */
  int count() {
    return pieces.length;
  }

  /** Sequences of a group: B, or fewer in the last one. */
  int rows(int group) {
    return Math.min(batch, sequences.length - group * batch);
  }

  /** Minibatches of all groups together. */
  long minibatches() {
    return minibatches;
  }

  /** Minibatches of a group. */
  int pieces(int group) {
    return pieces[group];
  }

  /** T of a minibatch of a group. */
  int steps(int group, int piece) {
    return piece == pieces[group] - 1 ? lastSteps[group] : unroll;
  }

  /** The sequences in the order of the groups; not to be modified. */
  int[] sequences() {
    return sequences;
  }

  /** Classes of groups. */
  int classes() {
    return classes.length - 1;
  }

  /** Where the sequences of a class begin; those of the next class begin where they end. */
  int classStart(int number) {
    return Math.min(classes[number] * batch, sequences.length);
  }
}
