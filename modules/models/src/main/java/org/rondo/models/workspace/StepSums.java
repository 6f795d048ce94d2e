package org.rondo.models.workspace;

import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;

/**
 * The gradient of a weight matrix that every step multiplies, {@code dW = x' dy}: one product over
 * all steps, or over the first few of a workspace of {@link Workspace#parts parts}.
 */
public final class StepSums {
  private final Workspace workspace;
  private final NativeBuffer inputs;
  private final NativeBuffer gradients;
  private final Matmul.Call[] products;

  /**
   * @param inputs x of all steps, {@code (T,B,X)}, an operand
   * @param gradients dy of all steps, {@code (T,B,Y)}, an operand
   * @param name of the parameter W {@code (X,Y)}
   */
  public StepSums(Workspace workspace, NativeBuffer inputs, NativeBuffer gradients, String name) {
    this.workspace = workspace;
    this.inputs = inputs;
    this.gradients = gradients;
    int width = inputs.length() / workspace.rows();
    int columns = gradients.length() / workspace.rows();
    this.products = new Matmul.Call[workspace.parts()];
    for (int part = 0; part < products.length; part++) {
      int rows = workspace.partSteps(part) * workspace.batch();
      products[part] =
          workspace
              .plan(Product.of(width, rows, columns).withTransposedA())
              .bind(
                  inputs.slice(0, rows * width),
                  gradients.slice(0, rows * columns),
                  workspace.gradient(name));
    }
  }

  /**
   * Overwrites the gradient of W. What stands behind the steps, up to the end of their part, is
   * overwritten with zeros: it may be of another minibatch.
   *
   * @param steps that count
   */
  public void run(int steps) {
    int part = workspace.partOf(steps);
    clear(inputs, steps, workspace.partSteps(part));
    clear(gradients, steps, workspace.partSteps(part));
    products[part].run();
  }

  private void clear(NativeBuffer buffer, int from, int to) {
    int size = buffer.length() / workspace.steps();
    buffer.clear(from * size, (to - from) * size);
  }
}
