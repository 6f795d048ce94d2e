package org.rondo.cli.results;

import java.awt.image.BufferedImage;
import org.rondo.models.layers.ImageShape;

/**
 * The frames of a clip in a row, and below each what was predicted for it: one more column, since
 * the last prediction lies behind the last frame, while nothing is predicted for the first.
 */
final class ImageStrip {
  private static final int LEAST_SIDE = 48;
  private static final int GAP = 2;
  private static final int GROUND = 0x4060a0;
  private static final int BYTE = 255;
  private static final int COLOURS = 3;

  private final ImageShape shape;
  private final int zoom;

  /**
   * @param shape of a frame, of one channel or of red, green and blue
   */
  ImageStrip(ImageShape shape) {
    this.shape = shape;
    zoom = Math.max(1, LEAST_SIDE / Math.max(shape.height(), shape.width()));
  }

  /** Whether frames of such a shape can be shown. */
  static boolean shows(ImageShape shape) {
    return shape.channels() == 1 || shape.channels() == COLOURS;
  }

  /**
   * Draws a strip; values from 0 to 1 are those from dark to bright, others are cut.
   *
   * @param frames {@code (T, height*width*channels)}
   * @param predicted {@code (T, ...)}: at each step the frame behind it
   */
  BufferedImage of(float[][] frames, float[][] predicted) {
    int columns = frames.length + 1;
    var strip =
        new BufferedImage(
            GAP + columns * (shape.width() * zoom + GAP),
            GAP + 2 * (shape.height() * zoom + GAP),
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < strip.getHeight(); y++) {
      for (int x = 0; x < strip.getWidth(); x++) {
        strip.setRGB(x, y, GROUND);
      }
    }
    for (int t = 0; t < frames.length; t++) {
      draw(strip, t, 0, frames[t]);
      draw(strip, t + 1, 1, predicted[t]);
    }
    return strip;
  }

  private void draw(BufferedImage strip, int column, int row, float[] frame) {
    int left = GAP + column * (shape.width() * zoom + GAP);
    int top = GAP + row * (shape.height() * zoom + GAP);
    for (int y = 0; y < shape.height() * zoom; y++) {
      for (int x = 0; x < shape.width() * zoom; x++) {
        int pixel = (y / zoom * shape.width() + x / zoom) * shape.channels();
        strip.setRGB(left + x, top + y, rgb(frame, pixel));
      }
    }
  }

  private int rgb(float[] frame, int pixel) {
    int rgb = 0;
    for (int c = 0; c < COLOURS; c++) {
      float value = frame[pixel + (shape.channels() == 1 ? 0 : c)];
      rgb = rgb << 8 | Math.round(Math.min(1f, Math.max(0f, value)) * BYTE);
    }
    return rgb;
  }
}
