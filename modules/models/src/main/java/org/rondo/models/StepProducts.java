package org.rondo.models;

import java.util.function.IntFunction;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;

/**
 * The products of a weight matrix U that every step of a recurrence multiplies: forward {@code y =
 * x U}, backward {@code dx += dy U'}, each step on its own, and {@code dU = x' dy}, one product
 * over all steps. The packed weights are made once for all steps.
 *
 * <p>Shapes: {@code U (K,N)}; per step {@code x, dx (B,K)} and {@code y, dy (B,N)}.
 */
public final class StepProducts {
  private final int steps;
  private final PackedWeight weight;
  private final PackedWeight transposedWeight;
  private final Matmul.Call[] forward;
  private final Matmul.Call[] backward;
  private final Matmul.Call weightGradient;

  /**
   * Where the results of each step belong.
   *
   * @param output y of step t, {@code (B,N)}
   * @param adds whether {@code x U} is added to y or overwrites it
   * @param inputGradient dx of step t, {@code (B,K)}, which {@code dy U'} is added to
   * @param firstGradient the first step t whose dx is asked for: 1 where x is the state before step
   *     t, since nothing flows into the state before the first step
   */
  public record Results(
      IntFunction<NativeBuffer> output,
      boolean adds,
      IntFunction<NativeBuffer> inputGradient,
      int firstGradient) {}

  /**
   * Plans and binds all products.
   *
   * @param name of the parameter U
   * @param inputs x of all steps, {@code (T,B,K)}, an operand
   * @param gradients dy of all steps, {@code (T,B,N)}, an operand
   */
  public StepProducts(
      Workspace workspace,
      String name,
      NativeBuffer inputs,
      NativeBuffer gradients,
      Results results) {
    this.steps = workspace.steps();
    int batch = workspace.batch();
    int width = inputs.length() / workspace.rows();
    int columns = gradients.length() / workspace.rows();
    Product product = Product.of(batch, width, columns);
    Matmul multiply = workspace.plan(results.adds() ? product.accumulating() : product);
    this.weight = workspace.weight(multiply, name);
    this.forward = new Matmul.Call[steps];
    for (int t = 0; t < steps; t++) {
      NativeBuffer x = inputs.slice(t * batch * width, batch * width);
      forward[t] = multiply.bind(x, weight.weights(), results.output().apply(t));
    }
    Matmul transposed =
        workspace.plan(Product.of(batch, columns, width).withTransposedB().accumulating());
    this.transposedWeight = workspace.weight(transposed, name);
    this.backward = new Matmul.Call[steps];
    for (int t = results.firstGradient(); t < steps; t++) {
      NativeBuffer dy = gradients.slice(t * batch * columns, batch * columns);
      backward[t] =
          transposed.bind(dy, transposedWeight.weights(), results.inputGradient().apply(t));
    }
    this.weightGradient =
        workspace
            .plan(Product.of(width, workspace.rows(), columns).withTransposedA())
            .bind(inputs, gradients, workspace.gradient(name));
  }

  /** To be called before the first {@link #forward} of a minibatch. */
  public void beginForward() {
    weight.refresh();
  }

  /** {@code y = x U} of step t. */
  public void forward(int t) {
    forward[t].run();
  }

  /** To be called before the first {@link #backward} of a minibatch. */
  public void beginBackward() {
    transposedWeight.refresh();
  }

  /** {@code dx += dy U'} of step t; nothing where it is not asked for. */
  public void backward(int t) {
    if (backward[t] != null) {
      backward[t].run();
    }
  }

  /** {@code dU = x' dy}, after the dy of all steps are written. */
  public void weightGradient() {
    weightGradient.run();
  }
}
