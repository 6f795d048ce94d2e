package org.rondo.models.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Optional;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.LayerSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Two recurrences over all steps, one first to last and one from each sequence's own end to its
 * start, with their outputs side by side: twice as wide as one (Schuster and Paliwal 1997).
 *
 * @param weightDrop as in {@link Recurrent}, of each direction by itself
 */
public record Bidirectional(
    CellSpec cell,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonDeserialize(using = Optionally.Rate.class)
        double weightDrop)
    implements HiddenLayerSpec {
  /** That multiplies by all weights. */
  public Bidirectional(CellSpec cell) {
    this(cell, 0);
  }

  public Bidirectional {
    ValueException.unlessGiven("cell", cell);
    Dropout.requireRate("weightDrop", weightDrop);
  }

  @Override
  public String scope() {
    return Recurrent.SCOPE;
  }

  @Override
  public int width(int inputs) {
    return 2 * cell.outputWidth();
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return BidirectionalLayer.parameters(cell, inputs);
  }

  /** A recurrence of one direction, such as a language model's, begins the forward one. */
  @Override
  public Optional<String> beginningWith(LayerSpec trained) {
    return trained.evaluated().equals(Optional.of(new Recurrent(cell)))
        ? Optional.of(BidirectionalLayer.FORWARD + ".")
        : HiddenLayerSpec.super.beginningWith(trained);
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public boolean startsDocuments() {
    return false;
  }

  @Override
  public Optional<LayerSpec> evaluated() {
    return Optional.of(new Bidirectional(cell));
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new BidirectionalLayer(workspace, below, cell, weightDrop);
  }

  @Override
  public String toString() {
    return new Recurrent(cell, weightDrop) + ", in both directions";
  }
}
