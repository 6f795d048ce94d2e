package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.InputLayer;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * What a word's spelling says: the ids of its characters, C of them in each step, go through an
 * embedding and a recurrence in both directions, and the last states of both are the output. It is
 * learned with the rest of the network. Id 0 ends a word that is shorter than C; a word without
 * characters gives zeros.
 *
 * <p>Parameters: {@code weight (alphabet,units)}, and those of the cell below {@code forward} and
 * {@code backward}.
 *
 * @param alphabet every id is below it; 0 is no character
 * @param length C, characters of a word at most
 * @param units of each character's vector
 * @param cell of both recurrences
 * @see <a href="https://aclanthology.org/N16-1030">Lample et al. 2016</a>, section 4.1
 */
public record Characters(int alphabet, int length, int units, CellSpec cell)
    implements InputLayerSpec {
  private static final int MOST_CHARACTERS = 10_000;

  public Characters {
    ValueException.unless(alphabet >= 2, "alphabet", alphabet, "must be >= 2");
    ValueException.unlessWithin("length", length, 1, MOST_CHARACTERS);
    ValueException.unlessWithin("units", units, 1, MOST_COLUMNS);
    ValueException.unlessGiven("cell", cell);
  }

  @Override
  public String scope() {
    return "characters";
  }

  @Override
  public int width(int inputs) {
    return 2 * cell.outputWidth();
  }

  @Override
  public List<Integer> idColumns() {
    return Collections.nCopies(length, alphabet);
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    var all = new ArrayList<ParameterSpec>();
    all.add(EmbeddingTable.parameter(alphabet, units));
    all.addAll(BidirectionalLayer.parameters(cell, units));
    return all;
  }

  @Override
  public InputLayer bind(Workspace workspace, int column) {
    return new CharactersLayer(workspace, this, column);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "up to %s of %d, %s: %s, in both directions",
        Counted.of(length, "character"),
        alphabet,
        Counted.of(units, "unit"),
        cell);
  }
}
