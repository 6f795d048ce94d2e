package org.rondo.frames.formats;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads the images of a file, of which an animated GIF has several. */
final class ImageFile {
  private static final long MOST_PIXELS = 1 << 26;
  private static final int BYTE = 255;

  private ImageFile() {}

  /**
   * The images, in their order.
   *
   * @param grey whether a pixel is its brightness, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), and
   *     not red, green and blue
   * @throws BadImage if these are no bytes of an image, or of one that is too large
   */
  static List<Picture> read(byte[] bytes, boolean grey) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadImage("is no image: neither PNG, GIF, JPEG nor BMP");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return read(reader, grey);
      } finally {
        reader.dispose();
      }
    } catch (BadImage e) {
      throw e;
    } catch (IOException | RuntimeException e) { // readers throw both of broken bytes
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new BadImage("cannot be read: " + reason);
    }
  }

  private static List<Picture> read(ImageReader reader, boolean grey) throws IOException {
    boolean animated = reader.getFormatName().equalsIgnoreCase("gif");
    int count = animated ? reader.getNumImages(true) : 1;
    var pictures = new ArrayList<Picture>();
    for (int i = 0; i < count; i++) {
      int width = reader.getWidth(i);
      int height = reader.getHeight(i);
      if ((long) width * height > MOST_PIXELS) {
        throw new BadImage(
            String.format(Locale.ROOT, "has %d x %d pixels, more than 2^26", width, height));
      }
      pictures.add(picture(reader.read(i), grey));
      if (!pictures.get(i).hasSizeOf(pictures.get(0))) {
        throw new BadImage(
            "holds parts of frames that change alone; write its frames out as whole images");
      }
    }
    return pictures;
  }

  private static Picture picture(BufferedImage image, boolean grey) {
    int channels = grey ? 1 : 3;
    int height = image.getHeight();
    int width = image.getWidth();
    var pixels = new int[height * width * channels];
    boolean isGrey = isGrey(image);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * channels;
        if (isGrey) {
          int value = sample(image, x, y);
          for (int c = 0; c < channels; c++) {
            pixels[at + c] = value;
          }
        } else {
          put(image.getRGB(x, y), grey, pixels, at);
        }
      }
    }
    return new Picture(height, width, channels, pixels);
  }

  /** Java takes samples of grey for linear and would turn them into those of sRGB. */
  private static boolean isGrey(BufferedImage image) {
    return !(image.getColorModel() instanceof IndexColorModel)
        && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static int sample(BufferedImage image, int x, int y) {
    Raster raster = image.getRaster();
    int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    return (int) Math.round(raster.getSample(x, y, 0) * (double) BYTE / most);
  }

  private static void put(int rgb, boolean grey, int[] pixels, int at) {
    int red = rgb >> 16 & BYTE;
    int green = rgb >> 8 & BYTE;
    int blue = rgb & BYTE;
    if (grey) {
      pixels[at] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
    } else {
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
    }
  }

  /** Bytes that are no image; the message says why, to be put behind the name of the file. */
  static final class BadImage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadImage(String problem) {
      super(problem, null, false, false);
    }
  }
}
