package org.rondo.models;

import java.util.Arrays;

/**
 * A reusable minibatch of ids, time-major: element {@code t * batch + b} is step t of sequence b.
 *
 * <p>Not a record: its arrays are filled again and again, so that the steady state allocates
 * nothing.
 */
public final class Minibatch {
  /** The target of a step that counts nothing: padding. */
  public static final int NO_TARGET = -1;

  private final int steps;
  private final int batch;
  private final int[] inputs;
  private final int[] targets;
  private final int[] lengths;

  /**
   * @param steps T, at least 1
   * @param batch B, at least 1
   */
  public Minibatch(int steps, int batch) {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "minibatch: %d steps x %d sequences".formatted(steps, batch));
    }
    this.steps = steps;
    this.batch = batch;
    this.inputs = new int[steps * batch];
    this.targets = new int[steps * batch];
    this.lengths = new int[batch];
    Arrays.fill(lengths, steps);
    Arrays.fill(targets, NO_TARGET);
  }

  /** T. */
  public int steps() {
    return steps;
  }

  /** B. */
  public int batch() {
    return batch;
  }

  /** {@code (T,B)} input ids; to be filled by the caller. */
  public int[] inputs() {
    return inputs;
  }

  /** {@code (T,B)} target ids or {@link #NO_TARGET}; to be filled by the caller. */
  public int[] targets() {
    return targets;
  }

  /**
   * Steps of each sequence, {@code (B)}, T at first; to be changed by the caller. Inputs behind a
   * sequence's end are any ids of the vocabulary, targets are {@link #NO_TARGET}.
   */
  public int[] lengths() {
    return lengths;
  }

  /** Number of targets that count. */
  public int targetCount() {
    int count = 0;
    for (int target : targets) {
      if (target >= 0) {
        count++;
      }
    }
    return count;
  }
}
