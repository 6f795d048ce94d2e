package org.rondo.models.layers;

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
 */
public record Bidirectional(CellSpec cell) implements HiddenLayerSpec {
  public Bidirectional {
    ValueException.unlessGiven("cell", cell);
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
    return trained.equals(new Recurrent(cell))
        ? Optional.of(BidirectionalLayer.FORWARD + ".")
        : HiddenLayerSpec.super.beginningWith(trained);
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new BidirectionalLayer(workspace, below, cell);
  }

  @Override
  public String toString() {
    return cell + ", in both directions";
  }
}
