package org.rondo.models.cells;

import java.util.function.IntFunction;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.StepSums;
import org.rondo.models.workspace.Workspace;

/**
 * The products of a weight matrix U that every step of a recurrence multiplies: forward {@code y =
 * x U}, backward {@code dx = dy U'}, each step on its own, and {@code dU = x' dy}, one product over
 * all steps. The packed weights are made once for all steps.
 *
 * <p>Shapes: {@code U (K,N)}; per step {@code x, dx (B,K)} and {@code y, dy (B,N)}.
 */
public final class StepProducts {
  private final int steps;
  private final int firstResult;
  private final PackedWeight weight;
  private final PackedWeight transposedWeight;
  private final Matmul.Call[] forward;
  private final Matmul.Call[] backward;
  private final StepSums weightGradient;

  /**
   * Where the results of each step belong.
   *
   * @param first the first step that has a result: 1 for the gradient of the state before a step,
   *     since that before the first one is seldom asked for; else 0
   * @param adds whether results are added to what is there or overwrite it
   */
  public record Results(int first, boolean adds, IntFunction<NativeBuffer> step) {
    /** Results of all steps, which overwrite. */
    public static Results written(IntFunction<NativeBuffer> step) {
      return new Results(0, false, step);
    }

    /** Results of all steps, which are added. */
    public static Results added(IntFunction<NativeBuffer> step) {
      return new Results(0, true, step);
    }

    /**
     * Added to the gradient of h after step t-1, {@code (T,B,H)}, by each step t but the first.
     *
     * @param ofFirst {@code (B,H)}: what {@link StepProducts#backwardToFirstState} adds to
     */
    public static Results addedToStateBefore(
        Workspace workspace, NativeBuffer gradient, NativeBuffer ofFirst) {
      int size = gradient.length() / workspace.steps();
      return new Results(1, true, t -> t == 0 ? ofFirst : gradient.slice((t - 1) * size, size));
    }
  }

  /**
   * Plans and binds all products.
   *
   * @param name of the parameter U
   * @param inputs x of all steps, {@code (T,B,K)}, an operand
   * @param gradients dy of all steps, {@code (T,B,N)}, an operand
   * @param outputs y of each step, {@code (B,N)}
   * @param inputGradients dx of each step, {@code (B,K)}
   */
  public StepProducts(
      Workspace workspace,
      String name,
      NativeBuffer inputs,
      NativeBuffer gradients,
      Results outputs,
      Results inputGradients) {
    this.steps = workspace.steps();
    this.firstResult = inputGradients.first();
    int width = inputs.length() / workspace.rows();
    int columns = gradients.length() / workspace.rows();
    Product multiply = Product.of(workspace.batch(), width, columns);
    Matmul plan = workspace.plan(outputs.adds() ? multiply.accumulating() : multiply);
    this.weight = workspace.weight(plan, name);
    this.forward = bind(plan, inputs, weight, outputs);
    Product transposed = Product.of(workspace.batch(), columns, width).withTransposedB();
    plan = workspace.plan(inputGradients.adds() ? transposed.accumulating() : transposed);
    this.transposedWeight = workspace.weight(plan, name);
    this.backward = bind(plan, gradients, transposedWeight, inputGradients);
    this.weightGradient = new StepSums(workspace, inputs, gradients, name);
  }

  private Matmul.Call[] bind(
      Matmul plan, NativeBuffer operands, PackedWeight weight, Results results) {
    var calls = new Matmul.Call[steps];
    int size = operands.length() / steps;
    for (int t = 0; t < steps; t++) {
      NativeBuffer operand = operands.slice(t * size, size);
      calls[t] = plan.bind(operand, weight.weights(), results.step().apply(t));
    }
    return calls;
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

  /** {@code dx = dy U'} of step t; nothing before the first step with a result. */
  public void backward(int t) {
    if (t >= firstResult) {
      backward[t].run();
    }
  }

  /** {@code dx = dy U'} of step 0, where x is the state before a step; nothing where it is not. */
  public void backwardToFirstState() {
    if (firstResult > 0) {
      backward[0].run();
    }
  }

  /**
   * {@code dU = x' dy}, after the dy of all steps are written.
   *
   * @param count of the steps, T or fewer; see {@link StepSums#run}
   */
  public void weightGradient(int count) {
    weightGradient.run(count);
  }
}
