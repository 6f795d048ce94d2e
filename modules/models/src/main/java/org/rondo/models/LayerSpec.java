package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import java.util.List;
import java.util.Optional;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * One layer of a {@link NetworkSpec}: either an {@link InputLayerSpec}, the first, or a {@link
 * HiddenLayerSpec}. An open set, an immutable record per member, which a {@link LayerSet} names;
 * its JSON is the record's with that name as {@code type}. Its {@code toString} is what a report
 * shows.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
@JsonTypeIdResolver(LayerTypes.class)
public sealed interface LayerSpec permits InputLayerSpec, HiddenLayerSpec {
  /** Columns of a layer at most: far more than fit, few enough that no width overflows an int. */
  int MOST_COLUMNS = 1 << 24;

  /**
   * What the names of its parameters begin with, such as {@code dense}; those of a hidden layer go
   * on with its number among the layers of that word: {@code dense.0.weight}.
   */
  String scope();

  /**
   * Columns of its output.
   *
   * @param inputs columns of its input; the first layer of a network has none
   * @throws IllegalArgumentException if it cannot stand on an input of that width
   */
  int width(int inputs);

  /**
   * Its parameters.
   *
   * @param inputs columns of its input; the first layer of a network has none
   */
  List<ParameterSpec> parameters(int inputs);

  /**
   * Whether its output at a step depends on inputs of later steps. Such a layer stands below no
   * head that predicts its input.
   */
  default boolean looksAhead() {
    return false;
  }

  /**
   * Whether it may stand in a network that tells where documents begin: as one without state may,
   * and one whose state heeds {@link Workspace#starts}.
   */
  default boolean startsDocuments() {
    return true;
  }

  /**
   * Where the parameters of a layer that was trained elsewhere stand among its own, if it can begin
   * with them: what their names begin with here, empty where both are the same layer in evaluation.
   */
  default Optional<String> beginningWith(LayerSpec trained) {
    return evaluated().equals(trained.evaluated()) ? Optional.of("") : Optional.empty();
  }

  /**
   * As it is in evaluation, without what is only done in training; empty where that is nothing,
   * such as for dropout.
   */
  default Optional<LayerSpec> evaluated() {
    return Optional.of(this);
  }
}
