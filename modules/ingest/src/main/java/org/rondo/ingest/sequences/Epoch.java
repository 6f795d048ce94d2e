package org.rondo.ingest.sequences;

import java.util.List;
import java.util.Locale;
import org.rondo.models.Minibatch;

/** The minibatches of one pass over {@link LengthBuckets}, in the order of training. */
public final class Epoch {
  /** One minibatch: at most B sequences of at most T steps. */
  record Part(int steps, List<Sequence> sequences) {}

  private final int batch;
  private final List<Part> parts;

  Epoch(int batch, List<Part> parts) {
    this.batch = batch;
    this.parts = parts;
  }

  /** How many there are. */
  public int minibatches() {
    return parts.size();
  }

  /** T of minibatch {@code index}. */
  public int steps(int index) {
    return parts.get(index).steps;
  }

  /**
   * Fills minibatch {@code index}: a sequence for each row with its length; rows that are left over
   * have length 0. Padding has input 0 and no target.
   *
   * @throws IllegalArgumentException if the minibatch has another shape
   */
  public void fill(Minibatch minibatch, int index) {
    Part part = parts.get(index);
    if (minibatch.batch() != batch || minibatch.steps() != part.steps) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "epoch: a minibatch of T = %d, B = %d for sequences of T = %d, B = %d",
              minibatch.steps(),
              minibatch.batch(),
              part.steps,
              batch));
    }
    minibatch.clear();
    for (int b = 0; b < part.sequences.size(); b++) {
      part.sequences.get(b).fill(minibatch, b, 0);
    }
  }
}
