package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.LinearProducts;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A dense layer, the same at every step. With x {@code (T,B,X)} and y {@code (T,B,H)}:
 *
 * <pre>
 *   y = f(x W + b)
 * </pre>
 *
 * <p>Backward, with dy the gradient of y:
 *
 * <pre>
 *   dz = dy                        where f is the identity
 *   dz = dy * (1 - y^2)            where f is tanh
 *   dz = dy where y > 0, else 0    where f is relu
 *   dz = dy * (y - y^2)            where f is the sigmoid
 *   dx = dz W'     dW = x' dz      db = sum over rows of dz
 * </pre>
 *
 * <p>The output of padding is zero. Carries no state.
 *
 * <p>Parameters: {@code weight (X,H)} and {@code bias (H)}, which starts at 0.
 */
final class DenseLayer implements Layer {
  private static final String BIAS = "bias";

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final Activation activation;
  private final NativeBuffer bias;
  private final Signal output;
  private final VanillaStep rows;
  private final VanillaGradients gradients;
  private final LinearProducts products;

  DenseLayer(Workspace workspace, Signal input, Dense spec) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.activation = spec.function();
    this.bias = workspace.parameter(BIAS);
    this.output = workspace.signal(spec.units());
    NativeBuffer sums = workspace.floats(output.values().length());
    NativeBuffer sumGradient = workspace.gradientOperand(sums);
    this.rows = new VanillaStep(sums, sumGradient, output.values(), output.operand());
    this.gradients = new VanillaGradients(output.gradient(), workspace.gradient(BIAS));
    this.products = new LinearProducts(workspace, input, sums, sumGradient);
  }

  static List<ParameterSpec> parameters(Dense spec, int inputs) {
    return List.of(
        LinearProducts.parameter(inputs, spec.units()),
        new ParameterSpec(BIAS, List.of(spec.units()), Initializer.zeros()));
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    products.forward();
    elementwise.vanillaForward(rows, activation, bias, workspace.rows(), output.width());
    workspace.clearPadding(output.values(), output.width());
    workspace.clearPadding(output.operand(), output.width());
  }

  @Override
  public void backward() {
    gradients.bias().clear(0, gradients.bias().length());
    elementwise.vanillaBackward(rows, activation, gradients, workspace.rows(), output.width());
    products.backward();
  }
}
