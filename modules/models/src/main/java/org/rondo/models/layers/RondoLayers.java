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
    return Map.ofEntries(
        Map.entry("embedding", Embedding.class),
        Map.entry("values", Values.class),
        Map.entry("columns", Columns.class),
        Map.entry("characters", Characters.class),
        Map.entry("recurrent", Recurrent.class),
        Map.entry("bidirectional", Bidirectional.class),
        Map.entry("residual", Residual.class),
        Map.entry("dense", Dense.class),
        Map.entry("convolution", Convolution.class),
        Map.entry("dropout", Dropout.class),
        Map.entry("regularization", Regularization.class),
        Map.entry("spectrum-masks", SpectrumMasks.class));
  }
}
