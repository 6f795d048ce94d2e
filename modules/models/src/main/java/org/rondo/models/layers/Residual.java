package org.rondo.models.layers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.LayerSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A layer whose input is added to its output (He et al. 2016); both must be equally wide. Its
 * parameters are those of the inner layer, by the same names.
 */
public record Residual(HiddenLayerSpec inner) implements HiddenLayerSpec {
  public Residual {
    ValueException.unlessGiven("inner", inner);
  }

  @Override
  public String scope() {
    return inner.scope();
  }

  @Override
  public int width(int inputs) {
    int width = inner.width(inputs);
    if (width != inputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "residual: the layer turns %d columns into %d, which cannot be added: %s",
              inputs,
              width,
              inner));
    }
    return width;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return inner.parameters(inputs);
  }

  @Override
  public boolean looksAhead() {
    return inner.looksAhead();
  }

  @Override
  public boolean startsDocuments() {
    return inner.startsDocuments();
  }

  @Override
  public Optional<LayerSpec> evaluated() {
    return inner.evaluated().map(layer -> new Residual((HiddenLayerSpec) layer));
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new ResidualLayer(workspace, below, inner.bind(workspace, below));
  }

  @Override
  public String toString() {
    return inner + ", input added to its output";
  }
}
