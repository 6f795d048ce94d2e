package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.InputLayer;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * The first layer of a network whose input is {@code width} values in each step; they go to the
 * layer above as they are.
 */
public record Values(int width) implements InputLayerSpec {
  public Values {
    ValueException.unlessWithin("width", width, 1, MOST_COLUMNS);
  }

  @Override
  public String scope() {
    return "values";
  }

  @Override
  public int width(int inputs) {
    return width;
  }

  @Override
  public int values() {
    return width;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return List.of();
  }

  @Override
  public InputLayer bind(Workspace workspace, int column) {
    return new ValuesLayer(workspace, width);
  }

  @Override
  public String toString() {
    return Counted.of(width, "value") + " per step";
  }
}
