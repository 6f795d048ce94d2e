package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;

/**
 * Equal recurrent layers on top of each other, with dropout before each and behind the last.
 *
 * @param cell of every layer
 * @param layers how many, at least 1
 * @param regularizers rates of 0 leave their layers out
 * @param residual whether each layer's input is added to its output
 * @param bidirectional whether each layer also runs from the end of a sequence to its start
 */
public record RecurrentStack(
    CellSpec cell, int layers, Regularizers regularizers, boolean residual, boolean bidirectional) {
  private static final int MOST_LAYERS = 1000;

  public RecurrentStack {
    ValueException.unlessGiven("cell", cell);
    ValueException.unlessWithin("layers", layers, 1, MOST_LAYERS);
    ValueException.unlessGiven("regularizers", regularizers);
  }

  /** With the same dropout everywhere and no other regularizer. */
  public RecurrentStack(
      CellSpec cell, int layers, double dropout, boolean residual, boolean bidirectional) {
    this(cell, layers, Regularizers.dropout(dropout), residual, bidirectional);
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

  /**
   * As above, over an embedding of another width and with options of the head. The highest layer
   * has as many units as a head takes that shares the embedding.
   *
   * @param embedding width; 0 for that of the layers
   * @throws IllegalArgumentException if the stack is bidirectional
   */
  public NetworkSpec languageModel(int vocabulary, int embedding, Options head) {
    ValueException.unlessWithin("embedding", embedding, 0, LayerSpec.MOST_COLUMNS);
    var spec = new HeadSpec("language-model", vocabulary, head);
    int units = embedding == 0 ? width() : embedding;
    List<LayerSpec> all = over(embedding(vocabulary, units), cell);
    if (spec.head().sharesEmbedding(spec) && units != cell.outputWidth()) {
      all = over(embedding(vocabulary, units), new CellSpec(cell.name(), units, cell.options()));
    }
    return new NetworkSpec(all, spec);
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

  private LayerSpec layer(CellSpec of) {
    HiddenLayerSpec plain =
        bidirectional
            ? new Bidirectional(of, regularizers.weights())
            : new Recurrent(of, regularizers.weights());
    return residual ? new Residual(plain) : plain;
  }

  /**
   * The stack over an embedding, which is as wide as the layers where its vectors are added to
   * their output, else as the cell's units.
   */
  public List<LayerSpec> over(int vocabulary) {
    return over(embedding(vocabulary, width()));
  }

  /** Columns of what its highest layer gives at each step. */
  public int outputs() {
    return (bidirectional ? 2 : 1) * cell.outputWidth();
  }

  private int width() {
    return residual ? outputs() : cell.units();
  }

  /** An embedding with the dropout of the stack. */
  public Embedding embedding(int vocabulary, int units) {
    return new Embedding(vocabulary, units, regularizers.embedding());
  }

  /** The stack over an input layer. */
  public List<LayerSpec> over(InputLayerSpec input) {
    return over(input, cell);
  }

  /**
   * @param highest cell of the highest layer
   */
  private List<LayerSpec> over(InputLayerSpec input, CellSpec highest) {
    var all = new ArrayList<LayerSpec>();
    all.add(input);
    addDropout(all, regularizers.input());
    for (int i = 0; i < layers - 1; i++) {
      all.add(layer(cell));
      addDropout(all, regularizers.between());
    }
    all.add(layer(highest));
    addRegularization(all, 0, regularizers.temporal());
    addDropout(all, regularizers.output());
    addRegularization(all, regularizers.activation(), 0);
    return all;
  }

  private void addDropout(List<LayerSpec> all, double rate) {
    if (rate > 0) {
      all.add(new Dropout(rate, regularizers.locked()));
    }
  }

  private static void addRegularization(List<LayerSpec> all, double activation, double temporal) {
    if (activation > 0 || temporal > 0) {
      all.add(new Regularization(activation, temporal));
    }
  }
}
