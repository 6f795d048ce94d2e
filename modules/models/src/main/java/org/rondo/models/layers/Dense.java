package org.rondo.models.layers;

import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A dense layer, the same at every step: {@code f(x W + b)}.
 *
 * @param units H, columns of its output
 * @param activation f: {@code identity}, {@code tanh}, {@code relu} or {@code sigmoid}
 */
public record Dense(int units, String activation) implements HiddenLayerSpec {
  public Dense {
    ValueException.unlessWithin("units", units, 1, MOST_COLUMNS);
    Activations.require(activation);
  }

  /** What it applies to its sums. */
  public Activation function() {
    return Activations.named(activation);
  }

  @Override
  public String scope() {
    return "dense";
  }

  @Override
  public int width(int inputs) {
    return units;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return DenseLayer.parameters(this, inputs);
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new DenseLayer(workspace, below, this);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "dense, %s, %s", Counted.of(units, "unit"), activation);
  }
}
