package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.kernels.RowPasses.Rows;
import org.rondo.models.Layer;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.WeightOperand;
import org.rondo.models.workspace.Workspace;

/**
 * A convolution of the image of each step. With x {@code (T,B,height,width,channels)}, its patches
 * p {@code (T,B,P,K)} of K = kernel * kernel * channels values, and y {@code (T,B,P,filters)},
 * which is an image as its P places are rows and columns:
 *
 * <pre>
 *   y = f(p W + b)
 *   dz = dy f'(y)     dW = p' dz     db = sum over rows of dz     dp = dz W'
 * </pre>
 *
 * <p>Every value of dp is added to the pixel that it came from, unless nothing below learns. Images
 * go in groups whose patches stay in the cache; where there are several, the backward pass makes
 * the patches again, which costs less than to keep them.
 *
 * <p>The output of padding is zero. Carries no state.
 *
 * <p>Parameters: {@code weight (K,filters)} and {@code bias (filters)}, which starts at 0.
 */
final class ConvolutionLayer implements Layer {
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  /** Values in the patches of a group: 1 MiB of float32. */
  private static final int CACHED = 1 << 18;

  private final Workspace workspace;
  private final Patches patches;
  private final Activation activation;
  private final int filters;

  /** Values of a row of the output; passes over it are as wide, since filters may be few. */
  private final int rowValues;

  private final Signal input;
  private final Signal output;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;

  /** The bias, once for each place of a row, and its gradient. */
  private final NativeBuffer rowBias;

  private final NativeBuffer rowBiasGradient;
  private final Rows rowBiasGradients;
  private final Rows biasGradients;

  /** {@code (images of a group, P, K)}, the values and their gradients. */
  private final NativeBuffer patchValues;

  private final NativeBuffer patchGradient;

  /** {@code (images of a group, P, filters)}, before the activation. */
  private final NativeBuffer sums;

  private final NativeBuffer sumGradient;
  private final PackedWeight weight;
  private final WeightOperand plainWeight;
  private final Group[] groups;

  ConvolutionLayer(Workspace workspace, Signal input, Convolution spec) {
    this.workspace = workspace;
    this.input = input;
    patches = new Patches(spec);
    activation = spec.function();
    filters = spec.filters();
    rowValues = spec.output().width() * filters;
    output = workspace.signal(spec.output().values());
    rowBias = workspace.floats(rowValues);
    rowBiasGradient = workspace.gradientFloats(rowValues);
    bias = workspace.parameter(BIAS);
    biasGradient = workspace.gradient(BIAS);
    rowBiasGradients = Rows.of(rowBiasGradient, filters);
    biasGradients = Rows.one(biasGradient);
    int images = workspace.rows();
    int group = groupImages();
    int places = group * patches.places();
    patchValues = workspace.operands((long) places * patches.length());
    patchGradient = workspace.gradientFloats((long) places * patches.length());
    sums = workspace.floats((long) places * filters);
    sumGradient = workspace.gradientOperand(sums);
    weight = workspace.weight(workspace.plan(product(group)), WEIGHT);
    plainWeight = workspace.weight(WEIGHT);
    groups = new Group[(images - 1) / group + 1];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new Group(i * group, Math.min(group, images - i * group));
    }
  }

  static List<ParameterSpec> parameters(Convolution spec) {
    int inputs = new Patches(spec).length();
    return List.of(
        new ParameterSpec(
            WEIGHT, List.of(inputs, spec.filters()), Initializer.glorot(inputs, spec.filters())),
        new ParameterSpec(BIAS, List.of(spec.filters()), Initializer.zeros()));
  }

  /**
   * Whole steps, or equal parts of a step: the images of a step are in products of one shape, so
   * that a sequence has the same bits wherever it stands in the minibatch.
   */
  private int groupImages() {
    int batch = workspace.batch();
    long most = Math.max(1, CACHED / ((long) patches.places() * patches.length()));
    if (most >= batch) {
      return (int) Math.min(workspace.steps(), most / batch) * batch;
    }
    int part = (int) most;
    while (batch % part != 0) {
      part--;
    }
    return part;
  }

  private Product product(int images) {
    return Product.of(images * patches.places(), patches.length(), filters);
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    weight.refresh();
    for (int at = 0; at < rowValues; at += filters) {
      rowBias.copy(at, bias, 0, filters);
    }
    for (Group group : groups) {
      group.forward();
    }
    workspace.clearPadding(output.values(), output.width());
    workspace.clearPadding(output.operand(), output.width());
  }

  @Override
  public void backward() {
    plainWeight.refresh();
    if (input.learns()) {
      input.gradient().clear(0, input.gradient().length());
    }
    rowBiasGradient.clear(0, rowValues);
    for (Group group : groups) {
      group.backward();
    }
    biasGradient.clear(0, filters);
    workspace.elementwise().addRows(rowBiasGradients, biasGradients, rowValues / filters, filters);
  }

  /** Some images that follow each other among those of all steps. */
  private final class Group {
    private final int first;
    private final int images;
    private final int outputRows;
    private final VanillaStep step;
    private final VanillaGradients gradients;
    private final Matmul.Call product;
    private final Matmul.Call weightProduct;
    private final Matmul.Call patchProduct;

    Group(int first, int images) {
      this.first = first;
      this.images = images;
      int rows = images * patches.places();
      outputRows = rows * filters / rowValues;
      int length = patches.length();
      NativeBuffer values = patchValues.slice(0, rows * length);
      NativeBuffer z = sums.slice(0, rows * filters);
      NativeBuffer dz = sumGradient.slice(0, rows * filters);
      step = new VanillaStep(z, dz, part(output.values()), part(output.operand()));
      gradients = new VanillaGradients(part(output.gradient()), rowBiasGradient);
      product = workspace.plan(product(images)).bind(values, weight.weights(), z);
      Product sum = Product.of(length, rows, filters).withTransposedA();
      weightProduct =
          workspace
              .plan(first == 0 ? sum : sum.accumulating())
              .bind(values, dz, workspace.gradient(WEIGHT));
      patchProduct =
          workspace
              .plan(Product.of(rows, filters, length).withTransposedB())
              .bind(dz, plainWeight.values(), patchGradient.slice(0, rows * length));
    }

    /** Of what stands in a buffer of all images. */
    private NativeBuffer part(NativeBuffer all) {
      return all.slice(first * output.width(), images * output.width());
    }

    void forward() {
      patches.gather(input.operand(), first, images, patchValues);
      product.run();
      workspace.elementwise().vanillaForward(step, activation, rowBias, outputRows, rowValues);
    }

    void backward() {
      workspace.elementwise().vanillaBackward(step, activation, gradients, outputRows, rowValues);
      if (groups.length > 1) {
        patches.gather(input.operand(), first, images, patchValues);
      }
      weightProduct.run();
      if (input.learns()) {
        patchProduct.run();
        patches.scatter(workspace.elementwise(), patchGradient, input.gradient(), first, images);
      }
    }
  }
}
