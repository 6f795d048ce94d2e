package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.cells.Cell;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.cells.Projection;
import org.rondo.models.cells.Recurrence;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.WeightDrop;
import org.rondo.models.workspace.Workspace;

/** A {@link Cell} with the products of its input. */
final class RecurrentLayer implements Layer {
  private final Workspace workspace;
  private final Signal output;
  private final Recurrence recurrence;
  private final InputProducts products;
  private final InputProducts.Steps steps;
  private final List<Integer> stateWidths;
  private final WeightDrop[] drops;

  /**
   * @param weightDrop share of the recurrent weights that a minibatch of training goes without
   */
  RecurrentLayer(Workspace workspace, Signal input, CellSpec spec, double weightDrop) {
    this.workspace = workspace;
    Cell cell = spec.cell();
    drops = weightDrop > 0 && workspace.trains() ? drops(spec, weightDrop) : new WeightDrop[0];
    int columns = cell.projectionWidth(spec);
    int width = spec.outputWidth();
    NativeBuffer values = workspace.floats((long) workspace.rows() * columns);
    var projection = new Projection(values, workspace.gradientOperand(values));
    NativeBuffer outputGradient = workspace.gradientFloats((long) workspace.rows() * width);
    recurrence = cell.bind(workspace, spec, projection, outputGradient);
    products = new InputProducts(workspace, input, projection, columns);
    steps = recurrence::forward; // made once, since it is an object
    output = new Signal(recurrence.output(), recurrence.outputOperand(), outputGradient, width);
    stateWidths = List.copyOf(cell.stateWidths(spec));
  }

  private WeightDrop[] drops(CellSpec spec, double rate) {
    return spec.cell().recurrentWeights(spec).stream()
        .map(name -> workspace.weightDrop(name, rate))
        .toArray(WeightDrop[]::new);
  }

  static List<ParameterSpec> parameters(CellSpec spec, int inputs) {
    Cell cell = spec.cell();
    var all = new ArrayList<ParameterSpec>();
    all.addAll(InputProducts.parameters(inputs, cell.projectionWidth(spec), spec.units()));
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
    for (WeightDrop drop : drops) {
      drop.restore();
    }
    run();
  }

  @Override
  public void forwardTraining(CounterRandom random) {
    for (WeightDrop drop : drops) {
      drop.drop(workspace.random(random));
    }
    run();
  }

  private void run() {
    products.forward(steps, workspace.steps());
    workspace.clearPadding(output.values(), output.width());
    workspace.clearPadding(output.operand(), output.width());
  }

  @Override
  public void backward() {
    recurrence.beginBackward();
    recurrence.backward(0, workspace.steps());
    recurrence.endBackward(workspace.steps());
    products.backward(workspace.steps());
    for (WeightDrop drop : drops) {
      drop.backward();
    }
  }

  @Override
  public List<Integer> stateWidths() {
    return stateWidths;
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
