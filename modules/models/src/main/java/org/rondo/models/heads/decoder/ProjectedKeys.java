package org.rondo.models.heads.decoder;

import java.util.List;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Keys {@code m W}, of the encoder's outputs m: one product. Parameter {@code key_weight (D,H)}.
 */
final class ProjectedKeys implements AttentionKeys {
  private static final String WEIGHT = "key_weight";

  private final Workspace workspace;
  private final int width;
  private final NativeBuffer values;
  private final NativeBuffer gradient;
  private final NativeBuffer gradientOperand;
  private final PackedWeight weight;
  private final PackedWeight transposedWeight;
  private final Matmul.Call project;
  private final Matmul.Call inputGradient;
  private final Matmul.Call weightGradient;

  /**
   * @param workspace of the encoder, {@code (T,B)}
   * @param units H
   */
  ProjectedKeys(Workspace workspace, Signal input, int units) {
    this.workspace = workspace;
    this.width = units;
    int rows = workspace.rows();
    values = workspace.floats((long) rows * width);
    gradient = workspace.gradientFloats(values.length());
    gradientOperand = workspace.gradientOperand(gradient);
    Matmul forward = workspace.plan(Product.of(rows, input.width(), width));
    weight = workspace.weight(forward, WEIGHT);
    project = forward.bind(input.operand(), weight.weights(), values);
    Matmul backward =
        workspace.plan(Product.of(rows, width, input.width()).withTransposedB().accumulating());
    transposedWeight = workspace.weight(backward, WEIGHT);
    inputGradient = backward.bind(gradientOperand, transposedWeight.weights(), input.gradient());
    weightGradient =
        workspace
            .plan(Product.of(input.width(), rows, width).withTransposedA())
            .bind(input.operand(), gradientOperand, workspace.gradient(WEIGHT));
  }

  static List<ParameterSpec> parameters(int inputs, int units) {
    return List.of(
        new ParameterSpec(WEIGHT, List.of(inputs, units), Initializer.glorot(inputs, units)));
  }

  @Override
  public NativeBuffer values() {
    return values;
  }

  @Override
  public NativeBuffer gradient() {
    return gradient;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void forward() {
    weight.refresh();
    project.run();
  }

  @Override
  public void clearGradient() {
    gradient.clear(0, gradient.length());
  }

  @Override
  public void backward() {
    workspace.round(gradient, gradientOperand);
    transposedWeight.refresh();
    inputGradient.run();
    weightGradient.run();
  }
}
