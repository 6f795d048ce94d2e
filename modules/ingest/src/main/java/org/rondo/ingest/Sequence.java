package org.rondo.ingest;

import org.rondo.models.Minibatch;

/**
 * A sequence of ids that stands on its own, with the class of the whole or of each of its steps.
 */
public final class Sequence {
  private final int[] ids;

  /** Of the last steps, one each. */
  private final int[] targets;

  private Sequence(int[] ids, int[] targets) {
    this.ids = ids;
    this.targets = targets;
  }

  /** A class for the whole, which stands at its last step; nothing is learned of an empty one. */
  public static Sequence labelled(int[] ids, int label) {
    return new Sequence(ids.clone(), ids.length == 0 ? new int[0] : new int[] {label});
  }

  /**
   * A class for each step.
   *
   * @throws IllegalArgumentException if there are not as many tags as ids
   */
  public static Sequence tagged(int[] ids, int[] tags) {
    if (ids.length != tags.length) {
      throw new IllegalArgumentException(
          "sequence: %d ids with %d tags".formatted(ids.length, tags.length));
    }
    return new Sequence(ids.clone(), tags.clone());
  }

  /** Steps. */
  public int length() {
    return ids.length;
  }

  /** Writes it to row b of a minibatch that is at least as long and empty there. */
  void fill(Minibatch minibatch, int b) {
    int batch = minibatch.batch();
    minibatch.lengths()[b] = ids.length;
    for (int t = 0; t < ids.length; t++) {
      minibatch.inputs()[t * batch + b] = ids[t];
    }
    int first = ids.length - targets.length;
    for (int i = 0; i < targets.length; i++) {
      minibatch.targets()[(first + i) * batch + b] = targets[i];
    }
  }
}
