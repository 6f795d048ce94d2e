package org.rondo.models.workspace;

import java.util.List;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;

/**
 * The products of {@code Y = X W} over all rows at once, and of its backward pass: {@code dX = dY
 * W'} and {@code dW = X' dY}. Parameter {@code weight (X,Y)}.
 */
public final class LinearProducts {
  private static final String WEIGHT = "weight";

  private final PackedWeight weight;
  private final WeightOperand plainWeight;
  private final Matmul.Call product;

  /** Null where the input does not learn. */
  private final Matmul.Call inputGradient;

  private final Matmul.Call weightGradient;

  /**
   * @param input {@code (rows,X)}
   * @param output {@code (rows,Y)}: where Y is written
   * @param outputGradient {@code (rows,Y)}: operand of the gradient of Y
   */
  public LinearProducts(
      Workspace workspace, Signal input, NativeBuffer output, NativeBuffer outputGradient) {
    int width = input.width();
    int rows = input.values().length() / width;
    int columns = output.length() / rows;
    Matmul forward = workspace.plan(Product.of(rows, width, columns));
    weight = workspace.weight(forward, WEIGHT);
    product = forward.bind(input.operand(), weight.weights(), output);
    plainWeight = workspace.weight(WEIGHT);
    inputGradient =
        input.learns()
            ? workspace
                .plan(Product.of(rows, columns, width).withTransposedB())
                .bind(outputGradient, plainWeight.values(), input.gradient())
            : null;
    weightGradient =
        workspace
            .plan(Product.of(width, rows, columns).withTransposedA())
            .bind(input.operand(), outputGradient, workspace.gradient(WEIGHT));
  }

  public static ParameterSpec parameter(int inputs, int outputs) {
    return new ParameterSpec(WEIGHT, List.of(inputs, outputs), Initializer.glorot(inputs, outputs));
  }

  public void forward() {
    weight.refresh();
    product.run();
  }

  /** Overwrites the gradients of the weight, and of the input if that learns. */
  public void backward() {
    if (inputGradient != null) {
      plainWeight.refresh();
      inputGradient.run();
    }
    weightGradient.run();
  }
}
