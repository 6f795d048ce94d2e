package org.rondo.models.heads.decoder;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.heads.Pooling;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.LinearProducts;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The state that a decoder begins with: {@code tanh(mean over t of m, times W, + b)}, with m the
 * encoder's outputs, of everything that its layers carry. Parameters: {@code weight (D,S)} and
 * {@code bias (S)}.
 */
final class FirstState {
  private static final String BIAS = "bias";

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final int[] widths;
  private final int width;
  private final Pooling mean;
  private final NativeBuffer bias;
  private final VanillaStep rows;
  private final VanillaGradients gradients;
  private final LinearProducts products;

  /**
   * @param workspace of the encoder, {@code (T,B)}
   * @param widths of each slot of the state
   */
  FirstState(Workspace workspace, Signal input, List<Integer> widths) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
    this.width = sum(widths);
    this.mean = Pooling.named("mean", workspace, input);
    this.bias = workspace.parameter(BIAS);
    Signal state = workspace.signalPerSequence(width);
    NativeBuffer sums = workspace.floats(state.values().length());
    NativeBuffer sumGradient = workspace.gradientOperand(sums);
    this.rows = new VanillaStep(sums, sumGradient, state.values(), state.operand());
    this.gradients = new VanillaGradients(state.gradient(), workspace.gradient(BIAS));
    this.products = new LinearProducts(workspace, mean.output(), sums, sumGradient);
  }

  static List<ParameterSpec> parameters(int inputs, List<Integer> widths) {
    return List.of(
        LinearProducts.parameter(inputs, sum(widths)),
        new ParameterSpec(BIAS, List.of(sum(widths)), Initializer.zeros()));
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Writes the state of each sequence as recurrences load it: one slot {@code (n*B,W)} after the
   * other.
   *
   * @param state from {@code at} on
   * @param copies n, of every sequence
   */
  void forward(float[] state, int at, int copies) {
    mean.forward();
    workspace.round(mean.output().values(), mean.output().operand());
    products.forward();
    elementwise.vanillaForward(rows, Activation.TANH, bias, workspace.batch(), width);
    int from = 0;
    int to = at;
    for (int slot : widths) {
      for (int row = 0; row < copies * workspace.batch(); row++) {
        rows.hidden().read(row % workspace.batch() * width + from, state, to, slot);
        to += slot;
      }
      from += slot;
    }
  }

  /**
   * Overwrites the gradient of the encoder's outputs.
   *
   * @param gradient of the state of one copy, from {@code at} on
   */
  void backward(float[] gradient, int at) {
    int from = 0;
    int to = at;
    for (int slot : widths) {
      for (int b = 0; b < workspace.batch(); b++) {
        gradients.hidden().write(b * width + from, gradient, to, slot);
        to += slot;
      }
      from += slot;
    }
    gradients.bias().clear(0, width);
    elementwise.vanillaBackward(rows, Activation.TANH, gradients, workspace.batch(), width);
    products.backward();
    mean.backward();
  }
}
