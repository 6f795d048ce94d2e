package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;

/**
 * A {@link Cell} with the projection of its input, over all steps at once: {@code P = X W}, {@code
 * dX = dP W'}, {@code dW = X' dP}, each one product of T*B rows. Parameter {@code input_weight
 * (X,G)} and the cell's.
 */
final class RecurrentLayer implements Layer {
  private static final String WEIGHT = "input_weight";

  private final Signal output;
  private final Recurrence recurrence;
  private final int stateLength;
  private final PackedWeight weight;
  private final PackedWeight transposedWeight;
  private final Matmul.Call project;
  private final Matmul.Call inputGradient;
  private final Matmul.Call weightGradient;

  RecurrentLayer(Workspace workspace, Signal input, CellSpec spec) {
    Cell cell = spec.cell();
    int rows = workspace.rows();
    int projected = cell.projectionWidth(spec);
    int width = spec.outputWidth();
    NativeBuffer values = workspace.floats((long) rows * projected);
    var projection = new Projection(values, workspace.operand(values));
    NativeBuffer outputGradient = workspace.floats((long) rows * width);
    recurrence = cell.bind(workspace, spec, projection, outputGradient);
    output = new Signal(recurrence.output(), recurrence.outputOperand(), outputGradient, width);
    stateLength =
        workspace.batch() * cell.stateWidths(spec).stream().mapToInt(Integer::intValue).sum();

    Matmul forward = workspace.plan(Product.of(rows, input.width(), projected));
    weight = workspace.weight(forward, WEIGHT);
    project = forward.bind(input.operand(), weight.weights(), values);
    Matmul backward = workspace.plan(Product.of(rows, projected, input.width()).withTransposedB());
    transposedWeight = workspace.weight(backward, WEIGHT);
    inputGradient =
        backward.bind(projection.gradient(), transposedWeight.weights(), input.gradient());
    weightGradient =
        workspace
            .plan(Product.of(input.width(), rows, projected).withTransposedA())
            .bind(input.operand(), projection.gradient(), workspace.gradient(WEIGHT));
  }

  static List<ParameterSpec> parameters(CellSpec spec, int inputs) {
    Cell cell = spec.cell();
    var all = new ArrayList<ParameterSpec>();
    all.add(
        new ParameterSpec(
            WEIGHT,
            List.of(inputs, cell.projectionWidth(spec)),
            Initializer.glorot(inputs, spec.units())));
    all.addAll(cell.parameters(spec));
    return all;
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public Optional<Signal> hidden() {
    return Optional.of(output);
  }

  @Override
  public void forward() {
    weight.refresh();
    project.run();
    recurrence.forward();
  }

  @Override
  public void backward() {
    transposedWeight.refresh();
    recurrence.backward();
    inputGradient.run();
    weightGradient.run();
  }

  @Override
  public int stateLength() {
    return stateLength;
  }

  @Override
  public void loadState(float[] state, int at) {
    recurrence.loadState(state, at);
  }

  @Override
  public void storeState(float[] state, int at) {
    recurrence.storeState(state, at);
  }
}
