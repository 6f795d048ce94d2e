package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** A recurrence over all steps, first to last. */
public record Recurrent(CellSpec cell) implements HiddenLayerSpec {
  /** The word of all layers with a cell, in one direction and in both. */
  static final String SCOPE = "recurrent";

  public Recurrent {
    ValueException.unlessGiven("cell", cell);
  }

  @Override
  public String scope() {
    return SCOPE;
  }

  @Override
  public int width(int inputs) {
    return cell.outputWidth();
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return RecurrentLayer.parameters(cell, inputs);
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new RecurrentLayer(workspace, below, cell);
  }

  @Override
  public String toString() {
    return cell.toString();
  }
}
