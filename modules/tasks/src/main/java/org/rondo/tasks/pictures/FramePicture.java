package org.rondo.tasks.pictures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Base64;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.models.layers.ImageShape;

/**
 * Frames of a clip, and what was predicted for each of them.
 *
 * @param note what is to be seen, in a sentence or two
 * @param shape of a frame, of one channel or of red, green and blue
 * @param frames one after the other in Base64, a byte for each value; empty where one is missing
 * @param predicted as many
 */
public record FramePicture(
    String title, String note, ImageShape shape, List<String> frames, List<String> predicted)
    implements Picture {
  /** Bytes of all frames of a picture. */
  private static final int MOST_BYTES = 1 << 17;

  private static final int MOST_FRAMES = 24;
  private static final int BYTE = 255;
  private static final int COLOURS = 3;

  /** Checks shape and numbers. */
  public FramePicture {
    ValueException.unless(frames(shape) > 0, "shape", shape, "cannot be drawn");
    ValueException.unlessWithin("frames", frames.size(), 1, frames(shape));
    ValueException.unless(
        predicted.size() == frames.size(), "predicted", predicted.size(), "must be one per frame");
    frames = List.copyOf(frames);
    predicted = List.copyOf(predicted);
  }

  /** Frames of such a shape that a picture may have; 0 if it cannot be drawn. */
  public static int frames(ImageShape shape) {
    boolean drawn = shape.channels() == 1 || shape.channels() == COLOURS;
    return drawn ? Math.min(MOST_FRAMES, MOST_BYTES / (2 * shape.values())) : 0;
  }

  /** A frame; values from 0 to 1 are those from dark to bright, others are cut. */
  public static String frame(float[] values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.min(1f, Math.max(0f, values[i])) * BYTE);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  @JsonProperty
  public String kind() {
    return "frames";
  }
}
