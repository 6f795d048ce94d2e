package org.rondo.frames.formats;

import java.util.Locale;

/**
 * An image of bytes.
 *
 * <p>Shape: {@code (height,width,channels)}, row-major, each from 0 to 255.
 */
final class Picture {
  private final int height;
  private final int width;
  private final int channels;
  private final int[] pixels;

  Picture(int height, int width, int channels, int[] pixels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
  }

  boolean hasSizeOf(Picture other) {
    return height == other.height && width == other.width;
  }

  /** {@code (height,width,channels)}, each k/255. */
  float[] values() {
    var values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] / 255f;
    }
    return values;
  }

  /**
   * The picture in another size: each pixel is the mean of the area that it covers, rounded to a
   * byte.
   *
   * @param newWidth 0 for the width that it has
   * @param newHeight 0 for the height that it has
   */
  Picture resized(int newWidth, int newHeight) {
    int columns = newWidth == 0 ? width : newWidth;
    int rows = newHeight == 0 ? height : newHeight;
    if (columns == width && rows == height) {
      return this;
    }
    var scaled = new int[rows * columns * channels];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = sum(y, rows, x, columns, c);
          // In the area of width * height pixels of 1 / (rows * columns) each.
          scaled[(y * columns + x) * channels + c] =
              (int) Math.round(sum / ((double) width * height));
        }
      }
    }
    return new Picture(rows, columns, channels, scaled);
  }

  /**
   * The sum over an area, where a pixel has the area {@code rows * columns}: borders of both
   * pictures lie on whole numbers then, and the sum is exact.
   */
  private double sum(int y, int rows, int x, int columns, int channel) {
    long top = (long) y * height;
    long left = (long) x * width;
    double sum = 0;
    for (int i = (int) (top / rows); (long) i * rows < top + height; i++) {
      long high = Math.min(top + height, (i + 1L) * rows) - Math.max(top, (long) i * rows);
      for (int j = (int) (left / columns); (long) j * columns < left + width; j++) {
        long wide = Math.min(left + width, (j + 1L) * columns) - Math.max(left, (long) j * columns);
        sum += (double) (high * wide) * pixels[(i * width + j) * channels + channel];
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d x %d", width, height);
  }
}
