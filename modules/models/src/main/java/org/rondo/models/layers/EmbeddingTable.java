package org.rondo.models.layers;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * A learned vector per id: parameter {@code weight (V,E)}. Its gradient is zero in the rows of ids
 * that the minibatch does not hold, and only rows that were touched are cleared.
 */
public final class EmbeddingTable {
  private static final String WEIGHT = "weight";
  private static final double INITIAL_LIMIT = 0.1;

  private final int units;
  private final NativeBuffer weight;
  private final NativeBuffer gradient;
  private final BitSet touched;
  private final IntSupplier tied;

  public EmbeddingTable(Workspace workspace, int units) {
    this.units = units;
    this.weight = workspace.parameter(WEIGHT);
    this.gradient = workspace.gradient(WEIGHT);
    this.touched = workspace.touchedRows(WEIGHT);
    this.tied = workspace.tied(WEIGHT);
  }

  /** The weight. */
  public static ParameterSpec parameter(int vocabulary, int units) {
    return new ParameterSpec(
        WEIGHT, List.of(vocabulary, units), Initializer.uniform(INITIAL_LIMIT));
  }

  /** V*E. */
  int parameterCount() {
    return weight.length();
  }

  /** Writes an id's vector to a row of {@code (rows,E)}. */
  public void read(int id, NativeBuffer rows, int row) {
    rows.copy(row * units, weight, id * units, units);
  }

  /** Writes an id's vector times a factor to a row of {@code (rows,E)}. */
  void read(int id, float factor, NativeBuffer rows, int row) {
    for (int i = 0; i < units; i++) {
      rows.set(row * units + i, factor * weight.get(id * units + i));
    }
  }

  /**
   * To be called before the first {@link #add} of a minibatch. Where the head shares the table, its
   * gradient is there already: of all rows, or of those that it touched.
   */
  public void clearGradient() {
    int others = tied.getAsInt();
    if (others == Workspace.ALL_ROWS) {
      touched.set(0, weight.length() / units);
    } else if (others == 0) {
      clearRows();
    }
  }

  /** Makes the gradient zero everywhere: before the first part that adds to it does. */
  public void clearRows() {
    for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
      gradient.clear(row * units, units);
    }
    touched.clear();
  }

  /** Adds a row of {@code (rows,E)} times a factor to the gradient of an id's vector. */
  public void add(int id, float factor, NativeBuffer rows, int row) {
    touched.set(id);
    int from = row * units;
    int to = id * units;
    for (int i = 0; i < units; i++) {
      gradient.set(to + i, gradient.get(to + i) + factor * rows.get(from + i));
    }
  }

  /**
   * At most so many ranges are added; one of all rows, where another part touches all.
   *
   * @param ids in a minibatch
   */
  int maximumRanges(int ids) {
    int others = tied.getAsInt();
    return others == Workspace.ALL_ROWS ? 1 : Math.min(weight.length() / units, ids + others);
  }

  /** The rows that were touched, neighbours together; {@code first} is where the table begins. */
  void addRanges(Gradient ranges, int first) {
    for (int from = touched.nextSetBit(0); from >= 0; ) {
      int to = touched.nextClearBit(from);
      ranges.add(first + from * units, (to - from) * units);
      from = touched.nextSetBit(to);
    }
  }
}
