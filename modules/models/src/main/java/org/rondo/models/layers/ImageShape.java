package org.rondo.models.layers;

import java.util.Locale;
import org.rondo.kernels.ValueException;
import org.rondo.models.LayerSpec;

/**
 * How the values of a step are an image: row by row, column by column, the channels of a pixel side
 * by side, {@code (height, width, channels)}.
 *
 * @param channels such as 1 of grey or 3 of red, green and blue
 */
public record ImageShape(int height, int width, int channels) {
  public ImageShape {
    ValueException.unlessWithin("height", height, 1, LayerSpec.MOST_COLUMNS);
    ValueException.unlessWithin("width", width, 1, LayerSpec.MOST_COLUMNS);
    ValueException.unlessWithin("channels", channels, 1, LayerSpec.MOST_COLUMNS);
    double all = (double) height * width * channels;
    if (all > LayerSpec.MOST_COLUMNS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "image: %d x %d x %d are more than %d values",
              height,
              width,
              channels,
              LayerSpec.MOST_COLUMNS));
    }
  }

  /** Values of an image. */
  public int values() {
    return height * width * channels;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d x %d x %d", height, width, channels);
  }
}
