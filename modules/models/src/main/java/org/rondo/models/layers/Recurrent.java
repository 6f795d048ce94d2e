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
 * A recurrence over all steps, first to last.
 *
 * @param weightDrop share of the recurrent weights that a minibatch of training goes without
 *     (Merity et al. 2018)
 */
public record Recurrent(
    CellSpec cell,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonDeserialize(using = Optionally.Rate.class)
        double weightDrop)
    implements HiddenLayerSpec {
  /** The word of all layers with a cell, in one direction and in both. */
  static final String SCOPE = "recurrent";

  /** That multiplies by all weights. */
  public Recurrent(CellSpec cell) {
    this(cell, 0);
  }

  public Recurrent {
    ValueException.unlessGiven("cell", cell);
    Dropout.requireRate("weightDrop", weightDrop);
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
  public boolean startsDocuments() {
    return cell.cell().startsDocuments();
  }

  @Override
  public Optional<LayerSpec> evaluated() {
    return Optional.of(new Recurrent(cell));
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new RecurrentLayer(workspace, below, cell, weightDrop);
  }

  @Override
  public String toString() {
    return cell + (weightDrop > 0 ? ", weight drop of " + weightDrop : "");
  }
}
