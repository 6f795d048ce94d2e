package org.rondo.models.layers;

import org.rondo.kernels.NativeBuffer;

/**
 * The patches of images that a filter meets, each a row, so that a convolution is a matrix product.
 *
 * <p>Shapes: images {@code (N,height,width,channels)}; patches {@code (N,P,kernel,kernel,channels)}
 * with P places of the filter, row by row. Pixels outside an image are zeros.
 *
 * <p>A row of a patch is a run of values that lie side by side in the image too. Of each run of an
 * image it is kept where those begin and end that are inside, and at which value of the image.
 */
final class Patches {
  private final int places;
  private final int length;
  private final int imageValues;

  /** Values of a run. */
  private final int run;

  /** {@code (P,kernel)} each. */
  private final int[] begins;

  private final int[] ends;
  private final int[] pixels;

  Patches(Convolution spec) {
    ImageShape image = spec.image();
    ImageShape output = spec.output();
    int kernel = spec.kernel();
    places = output.height() * output.width();
    run = kernel * image.channels();
    length = kernel * run;
    imageValues = image.values();
    begins = new int[places * kernel];
    ends = new int[begins.length];
    pixels = new int[begins.length];
    for (int i = 0; i < begins.length; i++) {
      int place = i / kernel;
      int y = place / output.width() * spec.stride() - spec.padding() + i % kernel;
      int x = place % output.width() * spec.stride() - spec.padding();
      if (y >= 0 && y < image.height()) {
        int left = Math.max(0, -x);
        begins[i] = left * image.channels();
        ends[i] = Math.min(kernel, image.width() - x) * image.channels();
        pixels[i] = (y * image.width() + x + left) * image.channels();
      }
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
   * @param to {@code (count,P,..)}; overwritten
   */
  void gather(NativeBuffer from, int first, int count, NativeBuffer to) {
    int at = 0;
    for (int n = first; n < first + count; n++) {
      for (int i = 0; i < begins.length; i++) {
        to.clear(at, begins[i]);
        to.copy(at + begins[i], from, n * imageValues + pixels[i], ends[i] - begins[i]);
        to.clear(at + ends[i], run - ends[i]);
        at += run;
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
  void scatter(NativeBuffer from, NativeBuffer to, int first, int count) {
    int at = 0;
    for (int n = first; n < first + count; n++) {
      for (int i = 0; i < begins.length; i++) {
        int shift = n * imageValues + pixels[i] - at - begins[i];
        for (int j = at + begins[i]; j < at + ends[i]; j++) {
          to.set(j + shift, to.get(j + shift) + from.get(j));
        }
        at += run;
      }
    }
  }
}
