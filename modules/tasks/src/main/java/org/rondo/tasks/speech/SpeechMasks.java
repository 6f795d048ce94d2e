package org.rondo.tasks.speech;

import java.util.ArrayList;
import java.util.List;
import org.rondo.models.LayerSpec;
import org.rondo.models.layers.SpectrumMasks;
import org.rondo.tasks.TaskSettings;

/** Which parts of a recording training blanks out; see {@link SpectrumMasks}. */
record SpeechMasks(int bands, int bandWidth, int steps, int stepWidth) {
  private static final int MOST = 100;

  static SpeechMasks of(TaskSettings settings) {
    return new SpeechMasks(
        settings.whole("band_masks", 0, MOST),
        settings.whole("band_mask_width", 0, 1000),
        settings.whole("step_masks", 0, MOST),
        settings.whole("step_mask_width", 0, LayerSpec.MOST_COLUMNS));
  }

  /**
   * Layers with the masks behind the first one, which hands on spectra.
   *
   * @param mels bands of a spectrum
   */
  List<LayerSpec> over(List<LayerSpec> layers, int mels) {
    if (bands == 0 && steps == 0) {
      return layers;
    }
    var masked = new ArrayList<LayerSpec>(layers);
    masked.add(1, new SpectrumMasks(mels, bands, Math.min(bandWidth, mels), steps, stepWidth));
    return masked;
  }
}
