package org.rondo.models;

import java.util.List;
import java.util.Locale;

/**
 * Where the values of each sequence stand in a {@link HiddenState}, {@code (slot,B,W)}, so that one
 * sequence's state is taken out of a minibatch and put into another. Immutable.
 */
public final class StateRows {
  private final int[] widths;
  private final int batch;
  private final int rowLength;

  /**
   * @param widths W of each slot of each layer, lowest layer first
   * @param batch B
   */
  StateRows(List<Integer> widths, int batch) {
    this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
    this.batch = batch;
    this.rowLength = widths.stream().mapToInt(Integer::intValue).sum();
  }

  /** Floats of one sequence. */
  public int rowLength() {
    return rowLength;
  }

  /** Floats of all sequences of a minibatch. */
  public int length() {
    return batch * rowLength;
  }

  /**
   * Copies the state of sequence b.
   *
   * @param row {@code (rowLength)}, one slot after the other; overwritten
   * @throws IllegalArgumentException if an argument does not fit
   */
  public void read(HiddenState state, int b, float[] row) {
    requireFits(state, b, row);
    int from = 0;
    int to = 0;
    for (int width : widths) {
      System.arraycopy(state.values(), from + b * width, row, to, width);
      from += batch * width;
      to += width;
    }
  }

  /**
   * Makes that the state of sequence b; those of the others stay.
   *
   * @param row {@code (rowLength)}, as {@link #read} writes it
   * @throws IllegalArgumentException if an argument does not fit
   */
  public void write(float[] row, HiddenState state, int b) {
    requireFits(state, b, row);
    int from = 0;
    int to = 0;
    for (int width : widths) {
      System.arraycopy(row, from, state.values(), to + b * width, width);
      from += width;
      to += batch * width;
    }
  }

  /** Throws if that is not the state of a minibatch. */
  void requireFits(HiddenState state) {
    if (state.values().length != length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: the hidden state holds %d values, B = %d sequences need %d",
              state.values().length,
              batch,
              length()));
    }
  }

  private void requireFits(HiddenState state, int b, float[] row) {
    if (state.values().length != length() || b < 0 || b >= batch || row.length != rowLength) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "hidden state: %d values, sequence %d, row of %d values; built for %d values of B = %d sequences, rows of %d",
              state.values().length,
              b,
              row.length,
              length(),
              batch,
              rowLength));
    }
  }
}
