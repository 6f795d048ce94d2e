package org.rondo.models.layers;

import java.util.List;
import java.util.Locale;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A convolution over the image of each step, the same at every step; its output is an image too.
 *
 * @param image shape of the input
 * @param filters channels of the output
 * @param kernel height and width of a filter
 * @param stride pixels from one place of a filter to the next, down and to the right
 * @param padding pixels of zeros around the image
 * @param activation {@code identity}, {@code tanh}, {@code relu} or {@code sigmoid}
 * @see <a href="https://doi.org/10.1109/5.726791">LeCun et al. 1998</a>
 */
public record Convolution(
    ImageShape image, int filters, int kernel, int stride, int padding, String activation)
    implements HiddenLayerSpec {
  public Convolution {
    ValueException.unlessGiven("image", image);
    ValueException.unlessWithin("filters", filters, 1, MOST_COLUMNS);
    int most = Math.min(image.height(), image.width());
    ValueException.unlessWithin("padding", padding, 0, most);
    ValueException.unlessWithin("kernel", kernel, 1, most + 2L * padding);
    ValueException.unless(
        padding < kernel, "padding", padding, "must be below the kernel's size, " + kernel);
    ValueException.unlessWithin("stride", stride, 1, MOST_COLUMNS);
    Activations.require(activation);
    output(image, filters, kernel, stride, padding);
  }

  private static ImageShape output(
      ImageShape image, int filters, int kernel, int stride, int padding) {
    return new ImageShape(
        (image.height() + 2 * padding - kernel) / stride + 1,
        (image.width() + 2 * padding - kernel) / stride + 1,
        filters);
  }

  /** Shape of the output. */
  public ImageShape output() {
    return output(image, filters, kernel, stride, padding);
  }

  /** What it applies to its sums. */
  public Activation function() {
    return Activations.named(activation);
  }

  @Override
  public String scope() {
    return "convolution";
  }

  @Override
  public int width(int inputs) {
    if (inputs != image.values()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "convolution: an image of %s is %d values, but a step has %d",
              image,
              image.values(),
              inputs));
    }
    return output().values();
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return ConvolutionLayer.parameters(this);
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new ConvolutionLayer(workspace, below, this);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "convolution of %s to %s, kernel %d, stride %d, padding %d, %s",
        image,
        output(),
        kernel,
        stride,
        padding,
        activation);
  }
}
