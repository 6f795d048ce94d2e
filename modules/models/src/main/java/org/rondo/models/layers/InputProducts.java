package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.cells.Projection;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.StepSums;
import org.rondo.models.workspace.WeightOperand;
import org.rondo.models.workspace.Workspace;

/**
 * The products between a layer's input and its cell: {@code P = X W} for groups of steps, {@code dX
 * = dP W'} and {@code dW = X' dP} for all steps at once. Parameter {@code input_weight (X,G)}.
 */
public final class InputProducts {
  private static final String WEIGHT = "input_weight";

  /** Elements of weights, and of a group's projection, that leave room in a cache of 1 MiB. */
  private static final int CACHED = 1 << 18;

  private final Workspace workspace;
  private final Signal input;
  private final Projection projection;
  private final int columns;
  private final int groupSteps;
  private final PackedWeight weight;
  private final WeightOperand plainWeight;
  private final Matmul.Call[] project;

  /** By parts of the steps; none where the input does not learn. */
  private final Matmul.Call[] inputGradient;

  private final StepSums weightGradient;

  /**
   * Plans and binds all products.
   *
   * @param projection {@code (T,B,G)}
   * @param columns G
   */
  public InputProducts(Workspace workspace, Signal input, Projection projection, int columns) {
    this.workspace = workspace;
    this.input = input;
    this.projection = projection;
    this.columns = columns;
    int steps = workspace.steps();
    int width = input.width();
    groupSteps = Math.min(steps, groupSteps(workspace.batch(), width, columns));
    weight = workspace.weight(planProjection(groupSteps), WEIGHT);
    project = new Matmul.Call[(steps - 1) / groupSteps + 1];
    for (int group = 0; group < project.length; group++) {
      project[group] = bindProjection(group * groupSteps);
    }
    plainWeight = workspace.weight(WEIGHT);
    inputGradient = new Matmul.Call[input.learns() ? workspace.parts() : 0];
    for (int part = 0; part < inputGradient.length; part++) {
      inputGradient[part] = bindInputGradient(workspace.partSteps(part) * workspace.batch());
    }
    weightGradient = new StepSums(workspace, input.operand(), projection.gradient(), WEIGHT);
  }

  /**
   * The weight.
   *
   * @param inputs X
   * @param columns G
   * @param units H, whose gates the columns are
   */
  public static List<ParameterSpec> parameters(int inputs, int columns, int units) {
    return List.of(
        new ParameterSpec(WEIGHT, List.of(inputs, columns), Initializer.glorot(inputs, units)));
  }

  /**
   * Steps that are projected at once. With small weights few enough that the projection is still in
   * the cache when the cell comes to it: worth a tenth of a training step with 128 units. Large
   * weights drive it out of the cache at every step, and products of few rows only read them more
   * often. A function of shapes alone, since it decides bits.
   */
  static int groupSteps(int batch, int inputs, int columns) {
    boolean small = (long) inputs * columns <= CACHED;
    return small ? Math.max(1, CACHED / (batch * columns)) : Integer.MAX_VALUE;
  }

  private Matmul planProjection(int steps) {
    return workspace.plan(Product.of(steps * workspace.batch(), input.width(), columns));
  }

  /** The product of the group that begins with that step. */
  private Matmul.Call bindProjection(int step) {
    int steps = Math.min(groupSteps, workspace.steps() - step);
    int from = step * workspace.batch();
    int rows = steps * workspace.batch();
    NativeBuffer x = input.operand().slice(from * input.width(), rows * input.width());
    NativeBuffer p = projection.values().slice(from * columns, rows * columns);
    return planProjection(steps).bind(x, weight.weights(), p);
  }

  private Matmul.Call bindInputGradient(int rows) {
    return workspace
        .plan(Product.of(rows, columns, input.width()).withTransposedB())
        .bind(
            projection.gradient().slice(0, rows * columns),
            plainWeight.values(),
            input.gradient().slice(0, rows * input.width()));
  }

  /** What runs over steps {@code [from, to)} as soon as their input is projected. */
  @FunctionalInterface
  public interface Steps {
    void run(int from, int to);
  }

  /**
   * Projects the input group by group, and has the cell run each group's steps.
   *
   * @param count of the steps, T or fewer
   */
  public void forward(Steps steps, int count) {
    weight.refresh();
    for (int from = 0; from < count; from += groupSteps) {
      project[from / groupSteps].run();
      steps.run(from, Math.min(count - from, groupSteps) + from);
    }
  }

  /**
   * The gradients of the weight, and of the input if that learns, once that of the whole projection
   * is there.
   *
   * @param count of the steps, T or fewer; see {@link StepSums#run}
   */
  public void backward(int count) {
    weightGradient.run(count);
    if (input.learns()) {
      plainWeight.refresh();
      inputGradient[workspace.partOf(count)].run();
    }
  }
}
