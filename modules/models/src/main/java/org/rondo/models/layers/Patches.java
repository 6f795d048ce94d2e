package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.RowPasses;
import org.rondo.kernels.RowPasses.Rows;

/**
 * The patches of images that a filter meets, each a row, so that a convolution is a matrix product.
 *
 * <p>Shapes: images {@code (N,height,width,channels)}; patches {@code (N,P,kernel,kernel,channels)}
 * with P places of the filter, row by row. Pixels outside an image are zeros.
 *
 * <p>A row of a patch lies side by side in the image too, as far as it is inside. What neighbouring
 * places of the filter have of one row of an image is a run.
 */
final class Patches {
  private final int places;
  private final int length;
  private final int imageValues;

  /** Values from one place of the filter to its right neighbour. */
  private final int step;

  private final Run[] runs;

  /**
   * What patches have in common with an image: of place i, {@code width} values at {@code patch + i
   * * length} of the patches, and at {@code pixel + i * step} of the image.
   */
  private record Run(int patch, int pixel, int places, int width) {}

  Patches(Convolution spec) {
    ImageShape image = spec.image();
    ImageShape output = spec.output();
    places = output.height() * output.width();
    length = spec.kernel() * spec.kernel() * image.channels();
    imageValues = image.values();
    step = spec.stride() * image.channels();
    var all = new ArrayList<Run>();
    for (int row = 0; row < output.height(); row++) {
      for (int i = 0; i < spec.kernel(); i++) {
        int y = row * spec.stride() - spec.padding() + i;
        if (y >= 0 && y < image.height()) {
          addRuns(all, spec, row, i, y * image.width());
        }
      }
    }
    runs = all.toArray(Run[]::new);
  }

  /**
   * Those of a row of places: places whose filters lie inside the image together, others each
   * apart.
   *
   * @param row of the places
   * @param i row of the filter
   * @param first pixel of the image's row
   */
  private void addRuns(List<Run> all, Convolution spec, int row, int i, int first) {
    int channels = spec.image().channels();
    int columns = spec.output().width();
    int column = 0;
    while (column < columns) {
      int x = column * spec.stride() - spec.padding();
      int left = Math.max(0, -x);
      int right = Math.min(spec.kernel(), spec.image().width() - x);
      int together = 1;
      if (left == 0 && right == spec.kernel()) {
        int last = (spec.image().width() - spec.kernel() + spec.padding()) / spec.stride();
        together = Math.min(columns - 1, last) - column + 1;
      }
      int patch = (row * columns + column) * length + (i * spec.kernel() + left) * channels;
      if (left < right) {
        all.add(new Run(patch, (first + x + left) * channels, together, (right - left) * channels));
      }
      column += together;
    }
  }

  /** P, places of the filter on an image. */
  int places() {
    return places;
  }

  /** Values of a patch. */
  int length() {
    return length;
  }

  /**
   * Copies patches from images.
   *
   * @param from images, in the element type of the patches
   * @param first the first image
   * @param count images
   * @param to {@code (count,P,..)}, of zeros, or with patches of other images; what lies outside of
   *     the images is not written
   */
  void gather(NativeBuffer from, int first, int count, NativeBuffer to) {
    for (int n = 0; n < count; n++) {
      for (Run run : runs) {
        int at = n * places * length + run.patch;
        int pixel = (first + n) * imageValues + run.pixel;
        for (int i = 0; i < run.places; i++, at += length, pixel += step) {
          to.copy(at, from, pixel, run.width);
        }
      }
    }
  }

  /**
   * Adds the gradients of patches to those of images, in the order of the patches.
   *
   * @param from {@code (count,P,..)}
   * @param to gradients of the images
   * @param first the first image
   * @param count images
   */
  void scatter(RowPasses passes, NativeBuffer from, NativeBuffer to, int first, int count) {
    for (int n = 0; n < count; n++) {
      for (Run run : runs) {
        var patch = new Rows(from, n * places * length + run.patch, length);
        var pixel = new Rows(to, (first + n) * imageValues + run.pixel, step);
        passes.addRows(patch, pixel, run.places, run.width);
      }
    }
  }
}
