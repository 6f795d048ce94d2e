package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;

/**
 * Equal recurrent layers on top of each other, with dropout before each and behind the last.
 *
 * @param cell of every layer
 * @param layers how many, at least 1
 * @param dropout rate; 0 leaves the dropout layers out
 * @param residual whether each layer's input is added to its output
 * @param bidirectional whether each layer also runs from the end of a sequence to its start
 */
public record RecurrentStack(
    CellSpec cell, int layers, double dropout, boolean residual, boolean bidirectional) {
  private static final int MOST_LAYERS = 1000;

  public RecurrentStack {
    ValueException.unlessGiven("cell", cell);
    ValueException.unlessWithin("layers", layers, 1, MOST_LAYERS);
    ValueException.unless(dropout >= 0 && dropout < 1, "dropout", dropout, "must be in [0,1)");
  }

  /** Layers in one direction without residual connections. */
  public static RecurrentStack of(CellSpec cell, int layers, double dropout) {
    return new RecurrentStack(cell, layers, dropout, false, false);
  }

  /** Over an embedding of ids below {@code vocabulary}, and below a head. */
  public NetworkSpec network(int vocabulary, HeadSpec head) {
    return new NetworkSpec(over(vocabulary), head);
  }

  /**
   * Over an embedding, to predict the next id of {@code vocabulary}.
   *
   * @throws IllegalArgumentException if the stack is bidirectional
   */
  public NetworkSpec languageModel(int vocabulary) {
    return network(vocabulary, new HeadSpec("language-model", vocabulary));
  }

  /** As {@link #languageModel(int)}, in one direction and without residual connections. */
  public static NetworkSpec languageModel(
      int vocabulary, CellSpec cell, int layers, double dropout) {
    return of(cell, layers, dropout).languageModel(vocabulary);
  }

  /** As {@link #languageModel(int, CellSpec, int, double)}, of a cell as it is by default. */
  public static NetworkSpec languageModel(
      int vocabulary, String cell, int layers, int units, double dropout) {
    return languageModel(vocabulary, CellSpec.of(cell, units), layers, dropout);
  }

  private LayerSpec layer() {
    HiddenLayerSpec plain = bidirectional ? new Bidirectional(cell) : new Recurrent(cell);
    return residual ? new Residual(plain) : plain;
  }

  /**
   * The stack over an embedding, which is as wide as the layers where its vectors are added to
   * their output, else as the cell's units.
   */
  public List<LayerSpec> over(int vocabulary) {
    int directions = bidirectional ? 2 : 1;
    int units = residual ? directions * cell.outputWidth() : cell.units();
    return over(new Embedding(vocabulary, units));
  }

  /** The stack over an input layer. */
  public List<LayerSpec> over(InputLayerSpec input) {
    var all = new ArrayList<LayerSpec>();
    all.add(input);
    for (int i = 0; i < layers; i++) {
      addDropout(all);
      all.add(layer());
    }
    addDropout(all);
    return all;
  }

  private void addDropout(List<LayerSpec> all) {
    if (dropout > 0) {
      all.add(new Dropout(dropout));
    }
  }
}
