package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Inverted dropout on the way between two layers (Zaremba et al. 2014: non-recurrent connections
 * only).
 */
public record Dropout(double rate) implements HiddenLayerSpec {
  public Dropout {
    ValueException.unless(rate >= 0 && rate < 1, "rate", rate, "must be in [0,1)");
  }

  @Override
  public String scope() {
    return "dropout";
  }

  @Override
  public int width(int inputs) {
    return inputs;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return List.of();
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new DropoutLayer(workspace, below, rate);
  }

  @Override
  public String toString() {
    return "dropout of " + rate;
  }
}
