package org.rondo.models.layers;

import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.InputLayer;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * The first layer of a network of one id per step: a learned vector of {@code units} per id below
 * {@code vocabulary}.
 */
public record Embedding(int vocabulary, int units) implements InputLayerSpec {
  public Embedding {
    ValueException.unless(vocabulary >= 1, "vocabulary", vocabulary, "must be >= 1");
    ValueException.unlessWithin("units", units, 1, MOST_COLUMNS);
  }

  @Override
  public String scope() {
    return "embedding";
  }

  @Override
  public int width(int inputs) {
    return units;
  }

  @Override
  public List<Integer> idColumns() {
    return List.of(vocabulary);
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return List.of(EmbeddingTable.parameter(vocabulary, units));
  }

  @Override
  public InputLayer bind(Workspace workspace, int column) {
    return new EmbeddingLayer(workspace, this, column);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "embedding of %s, %s",
        Counted.of(vocabulary, "token"),
        Counted.of(units, "unit"));
  }
}
