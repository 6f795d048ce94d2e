package org.rondo.models.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.InputLayer;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * The first layer of a network of one id per step: a learned vector of {@code units} per id below
 * {@code vocabulary}.
 *
 * @param dropout share of the ids that a minibatch of training has no vector for
 */
public record Embedding(
    int vocabulary,
    int units,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonDeserialize(using = Optionally.Rate.class)
        double dropout)
    implements InputLayerSpec {
  /** Without dropout. */
  public Embedding(int vocabulary, int units) {
    this(vocabulary, units, 0);
  }

  public Embedding {
    Dropout.requireRate("dropout", dropout);
    ValueException.unless(vocabulary >= 1, "vocabulary", vocabulary, "must be >= 1");
    ValueException.unlessWithin("units", units, 1, MOST_COLUMNS);
  }

  @Override
  public String scope() {
    return EMBEDDING;
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
  public Optional<LayerSpec> evaluated() {
    return Optional.of(new Embedding(vocabulary, units));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "embedding of %s, %s%s",
        Counted.of(vocabulary, "token"),
        Counted.of(units, "unit"),
        dropout > 0 ? ", dropout of " + dropout : "");
  }
}
