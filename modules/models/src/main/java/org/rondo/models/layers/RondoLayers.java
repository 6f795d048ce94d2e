package org.rondo.models.layers;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.rondo.models.LayerSet;
import org.rondo.models.LayerSpec;

/** The layers of this package. */
@AutoService(LayerSet.class)
public final class RondoLayers implements LayerSet {
  @Override
  public Map<String, Class<? extends LayerSpec>> layers() {
    return Map.of(
        "embedding", Embedding.class,
        "values", Values.class,
        "columns", Columns.class,
        "characters", Characters.class,
        "recurrent", Recurrent.class,
        "bidirectional", Bidirectional.class,
        "residual", Residual.class,
        "dense", Dense.class,
        "convolution", Convolution.class,
        "dropout", Dropout.class);
  }
}
