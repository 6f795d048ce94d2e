package org.rondo.models.layers;

import java.util.Locale;
import org.rondo.kernels.ValueException;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Blanks out, in training alone, some neighbouring bands and some neighbouring steps of each
 * sequence of spectra: SpecAugment without the warping of time. Zero takes their place, which is
 * the mean of scaled values.
 *
 * <p>How wide a mask is, and where it lies, are uniform draws of each sequence in each minibatch. A
 * mask of steps covers a fifth of its sequence at most, p = 0.2 in the paper.
 *
 * @param bands of a spectrum; a step holds one or several spectra side by side
 * @param bandMasks of each sequence
 * @param bandWidth bands of a mask at most
 * @param stepMasks of each sequence
 * @param stepWidth steps of a mask at most
 * @see <a href="https://arxiv.org/abs/1904.08779">Park et al. 2019</a>
 */
public record SpectrumMasks(int bands, int bandMasks, int bandWidth, int stepMasks, int stepWidth)
    implements TrainingOnly {
  private static final int MOST_MASKS = 100;

  public SpectrumMasks {
    ValueException.unlessWithin("bands", bands, 1, MOST_COLUMNS);
    ValueException.unlessWithin("bandMasks", bandMasks, 0, MOST_MASKS);
    ValueException.unlessWithin("bandWidth", bandWidth, 0, bands);
    ValueException.unlessWithin("stepMasks", stepMasks, 0, MOST_MASKS);
    ValueException.unlessWithin("stepWidth", stepWidth, 0, MOST_COLUMNS);
  }

  @Override
  public String scope() {
    return "spectrum_masks";
  }

  @Override
  public int width(int inputs) {
    ValueException.unless(
        inputs % bands == 0, "bands", bands, "must divide a step's " + inputs + " values");
    return inputs;
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new SpectrumMasksLayer(workspace, below, this);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "masks of %d x %d bands and %d x %d steps",
        bandMasks,
        bandWidth,
        stepMasks,
        stepWidth);
  }
}
