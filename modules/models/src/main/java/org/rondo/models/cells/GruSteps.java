package org.rondo.models.cells;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.GruGradients;
import org.rondo.kernels.GatePasses.GruStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.workspace.Workspace;

/** What both forms of a {@link GruCell} share: state, buffers, and the product h U of each step. */
abstract class GruSteps implements Recurrence {
  final int steps;
  final int batch;
  final int units;
  final Elementwise elementwise;
  final NativeBuffer bias;
  final NativeBuffer biasGradient;
  final GruStep[] buffers;
  final GruGradients[] gradients;
  final StepProducts recurrent;
  final DocumentStarts starts;
  private final StateHistory hidden;

  /** Of the state before the first step. */
  private final NativeBuffer firstGradient;

  /**
   * @param multiplied of the gates r, z, n: how many h is multiplied for
   */
  GruSteps(
      Workspace workspace,
      int units,
      int multiplied,
      Projection projection,
      NativeBuffer outputGradient) {
    this.steps = workspace.steps();
    this.batch = workspace.batch();
    this.units = units;
    this.elementwise = workspace.elementwise();
    this.bias = workspace.parameter(GruCell.BIAS);
    this.biasGradient = workspace.gradient(GruCell.BIAS);
    this.hidden = StateHistory.multiplied(workspace, units);
    NativeBuffer products = workspace.floats((long) workspace.rows() * multiplied * units);
    var own = new Projection(products, workspace.operand(products));
    this.buffers = new GruStep[steps];
    this.gradients = new GruGradients[steps];
    this.firstGradient = workspace.gradientFloats((long) batch * units);
    for (int t = 0; t < steps; t++) {
      buffers[t] =
          new GruStep(
              step(projection.values(), t),
              step(projection.gradient(), t),
              step(own.values(), t),
              step(own.gradient(), t),
              hidden.before(t),
              hidden.after(t),
              hidden.operandAfter(t));
      NativeBuffer before = t == 0 ? firstGradient : step(outputGradient, t - 1);
      gradients[t] = new GruGradients(step(outputGradient, t), before, biasGradient);
    }
    this.recurrent =
        new StepProducts(
            workspace,
            GruCell.WEIGHT,
            hidden.operandsBefore(),
            own.gradient(),
            Results.written(t -> buffers[t].recurrent()),
            Results.addedToStateBefore(workspace, outputGradient, firstGradient));
    this.starts = new DocumentStarts(workspace, outputGradient, List.of(hidden), List.of());
  }

  /** The part of step t of a buffer that holds all steps. */
  final NativeBuffer step(NativeBuffer all, int t) {
    int size = all.length() / steps;
    return all.slice(t * size, size);
  }

  @Override
  public NativeBuffer output() {
    return hidden.output();
  }

  @Override
  public NativeBuffer outputOperand() {
    return hidden.outputOperand();
  }

  @Override
  public void loadState(float[] state, int at) {
    hidden.load(state, at);
  }

  @Override
  public void storeState(float[] state, int at) {
    hidden.store(state, at);
  }

  @Override
  public void beginBackward() {
    recurrent.beginBackward();
    biasGradient.clear(0, biasGradient.length());
    firstGradient.clear(0, firstGradient.length());
  }

  @Override
  public void endBackward(int steps) {
    starts.hide(0, steps);
    recurrent.weightGradient(steps);
    starts.show(0, steps);
  }

  @Override
  public void storeStateGradient(float[] gradient, int at) {
    recurrent.backwardToFirstState();
    firstGradient.read(0, gradient, at, firstGradient.length());
  }
}
