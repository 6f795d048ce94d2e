package org.rondo.models.layers;

import java.util.List;
import java.util.Optional;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.parameters.ParameterSpec;

/** A layer without parameters that only training sees: evaluation leaves it out. */
interface TrainingOnly extends HiddenLayerSpec {
  @Override
  default int width(int inputs) {
    return inputs;
  }

  @Override
  default List<ParameterSpec> parameters(int inputs) {
    return List.of();
  }

  @Override
  default Optional<LayerSpec> evaluated() {
    return Optional.empty();
  }
}
