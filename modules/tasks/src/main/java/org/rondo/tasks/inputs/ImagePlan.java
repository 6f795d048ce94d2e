package org.rondo.tasks.inputs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rondo.models.LayerSpec;
import org.rondo.models.layers.Convolution;
import org.rondo.models.layers.ImageShape;
import org.rondo.models.layers.Values;
import org.rondo.tasks.TaskSettings;

/**
 * What a task may say of series whose steps are images: their shape, by the key {@code image}, and
 * the convolutions that a network begins with, by the key {@code convolution}.
 */
public final class ImagePlan {
  private static final String IMAGE = "image";
  private static final String CONVOLUTION = "convolution";
  private static final Pattern SHAPE =
      Pattern.compile("\\s*([0-9]{1,8})\\s*x\\s*([0-9]{1,8})\\s*x\\s*([0-9]{1,8})\\s*");
  private static final Pattern LAYER =
      Pattern.compile("\\s*([0-9]{1,8})\\s*:\\s*([0-9]{1,8})\\s*:\\s*([0-9]{1,8})\\s*");

  private final TaskSettings settings;
  private final Optional<ImageShape> image;
  private final List<Convolution> convolutions;

  private ImagePlan(
      TaskSettings settings, Optional<ImageShape> image, List<Convolution> convolutions) {
    this.settings = settings;
    this.image = image;
    this.convolutions = convolutions;
  }

  /**
   * Reads the keys of a task.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  public static ImagePlan of(TaskSettings settings) {
    Optional<ImageShape> image =
        settings.text(IMAGE).isBlank() ? Optional.empty() : Optional.of(shape(settings));
    return new ImagePlan(settings, image, convolutions(settings, image));
  }

  private static ImageShape shape(TaskSettings settings) {
    Matcher found = SHAPE.matcher(settings.text(IMAGE));
    if (!found.matches()) {
      throw settings.refusal(
          IMAGE,
          "must be height x width x channels, such as 16x16x1 of grey and 16x16x3 of colours");
    }
    try {
      return new ImageShape(number(found, 1), number(found, 2), number(found, 3));
    } catch (IllegalArgumentException e) {
      throw settings.refusal(IMAGE, e.getMessage());
    }
  }

  private static List<Convolution> convolutions(TaskSettings settings, Optional<ImageShape> image) {
    String text = settings.text(CONVOLUTION);
    if (text.isBlank()) {
      return List.of();
    }
    ImageShape below =
        image.orElseThrow(
            () -> settings.refusal(CONVOLUTION, "needs the shape of the images, by the key image"));
    var layers = new ArrayList<Convolution>();
    for (String each : text.split(",", -1)) {
      Matcher found = LAYER.matcher(each);
      if (!found.matches()) {
        throw settings.refusal(
            CONVOLUTION, "must be filters:kernel:stride of each layer, such as \"8:3:2, 16:3:2\"");
      }
      try {
        int kernel = number(found, 2);
        int padding = Math.max(0, (kernel - 1) / 2);
        layers.add(
            new Convolution(below, number(found, 1), kernel, number(found, 3), padding, "relu"));
      } catch (IllegalArgumentException e) {
        throw settings.refusal(
            CONVOLUTION,
            String.format(Locale.ROOT, "over an image of %s: %s", below, e.getMessage()));
      }
      below = layers.get(layers.size() - 1).output();
    }
    return List.copyOf(layers);
  }

  private static int number(Matcher found, int group) {
    return Integer.parseInt(found.group(group));
  }

  /** The shape of the image of a step, where it is given. */
  public Optional<ImageShape> image() {
    return image;
  }

  /**
   * The layers of a network, with the convolutions behind the first one.
   *
   * @throws IllegalArgumentException if a step of the input is no such image
   */
  public List<LayerSpec> in(List<LayerSpec> layers) {
    image.ifPresent(shape -> requireImages(layers.get(0), shape));
    var all = new ArrayList<LayerSpec>(layers);
    all.addAll(1, convolutions);
    return all;
  }

  private void requireImages(LayerSpec input, ImageShape shape) {
    if (!(input instanceof Values)) {
      throw settings.refusal(IMAGE, "only steps of a series can be images, and the rows have none");
    }
    int width = input.width(0);
    if (width != shape.values()) {
      throw settings.refusal(
          IMAGE,
          String.format(
              Locale.ROOT,
              "is %d values, but each step of the series has %d",
              shape.values(),
              width));
    }
  }
}
