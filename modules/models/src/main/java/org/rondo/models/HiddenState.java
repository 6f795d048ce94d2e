package org.rondo.models;

import java.util.Arrays;

/**
 * What a network carries from one minibatch to the next for each sequence: h, and c where the cell
 * has one, of every recurrent layer, as one flat array {@code (layer, slot, B, H)}. Zero at the
 * start of a stream.
 */
public final class HiddenState {
  private final float[] values;

  /** All zeros; use {@link Network#newState}. */
  public HiddenState(int length) {
    values = new float[length];
  }

  /** The values themselves. */
  public float[] values() {
    return values;
  }

  /** Back to the start of a stream. */
  public void reset() {
    Arrays.fill(values, 0f);
  }
}
