package org.rondo.models.cells;

import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.LayerSpec;
import org.rondo.models.Options;

/**
 * One recurrence by name, with its size.
 *
 * @param name of a {@link Cell}
 * @param units H, the size of its state
 * @param options of that cell
 */
public record CellSpec(String name, int units, Options options) {
  public CellSpec {
    ValueException.unlessGiven("cell", name);
    ValueException.unlessWithin("units", units, 1, LayerSpec.MOST_COLUMNS);
    if (options == null) {
      options = Options.NONE;
    }
  }

  /** As a report shows it. */
  @Override
  public String toString() {
    return name + ", " + Counted.of(units, "unit") + options.words();
  }

  /** A cell as it is by default. */
  public static CellSpec of(String name, int units) {
    return new CellSpec(name, units, Options.NONE);
  }

  /** Columns of h, the cell's output. */
  public int outputWidth() {
    return cell().stateWidths(this).get(0);
  }

  /**
   * The cell.
   *
   * @throws IllegalArgumentException if there is none of that name, or it has no such option
   */
  public Cell cell() {
    Cell cell = Cell.named(name);
    options.requireKnown("cell " + name, cell.options());
    return cell;
  }
}
