package org.rondo.models.cells;

import java.util.List;
import java.util.function.IntFunction;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.LstmGradients;
import org.rondo.kernels.GatePasses.LstmStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.RowPasses.Rows;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.workspace.Workspace;

/**
 * An {@link LstmCell} with options, each step composed of parts. With all of them:
 *
 * <pre>
 *   z  = LN(x W) + LN(h U) + b             zi, zf, zg, zo; W and U normalized over all four gates
 *   i  = sigmoid(zi + pi * c)     f = sigmoid(zf + pf * c)     g = tanh(zg)
 *   c' = f * c + i * g
 *   o  = sigmoid(zo + po * c')
 *   m  = o * tanh(n)              n = LN(c') + bn
 *   h' = m P
 * </pre>
 *
 * <p>Without {@code layer_norm}, LN(x) is x and n is c'; without {@code peepholes}, p is 0; without
 * {@code projection}, h' is m. What is carried is c', never n.
 *
 * <p>Backward, with dh' from above and from the next step, dc' from the next step, and dLN the
 * gradient through a {@link LayerNorm}:
 *
 * <pre>
 *   dm  = dh' P'                           dP  = sum over steps of m' dh'
 *   dzo = dm * tanh(n) * o * (1 - o)       dn  = dm * o * (1 - tanh(n)^2)
 *   dc' += dLN(dn) + po * dzo              dbn = sum over steps and rows of dn
 *   dzi = dc' * g * i * (1 - i)            dzf = dc' * c * f * (1 - f)
 *   dzg = dc' * i * (1 - g^2)              dc  = dc' * f + pi * dzi + pf * dzf
 *   dh  = dLN(dz) U'                       d(x W) = dLN(dz)
 * </pre>
 */
public final class ComposedLstm implements Recurrence {
  private static final int GATES = 4;

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final int batch;
  private final int units;
  private final NativeBuffer bias;
  private final StateHistory hidden;
  private final StateHistory cell;
  private final PerStep hiddenGradient;
  private final NativeBuffer cellGradient;
  private final NativeBuffer firstGradient;
  private final StepTape tape;
  private final DocumentStarts starts;

  /** Pre-activations of the gates, and where the operand of their gradients belongs. */
  private record Gates(PerStep values, PerStep operand) {}

  /** m, its operand, and its gradient in step t. */
  private record Output(PerStep values, PerStep operand, IntFunction<NativeBuffer> gradient) {}

  ComposedLstm(
      Workspace workspace,
      LstmOptions options,
      Projection projection,
      NativeBuffer outputGradient) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.batch = workspace.batch();
    this.units = options.units();
    this.bias = workspace.parameter(LstmCell.BIAS);
    this.hidden = StateHistory.multiplied(workspace, options.outputs());
    this.cell = StateHistory.elementwise(workspace, units);
    this.hiddenGradient = new PerStep(outputGradient, workspace);
    this.cellGradient = workspace.floats((long) batch * units);
    this.firstGradient = workspace.gradientFloats((long) batch * options.outputs());
    this.tape = new StepTape(workspace);
    this.starts =
        new DocumentStarts(workspace, outputGradient, List.of(hidden, cell), List.of(cellGradient));

    tape.add(t -> StepPart.of(() -> starts.hide(t, t + 1), () -> starts.endBackward(t)));
    Gates gates = options.layerNorm() ? addNormalizedSums(projection) : addSums(projection);
    if (options.projection() == 0) {
      var output = new PerStep(hidden.output(), workspace);
      var operand = new PerStep(hidden.outputOperand(), workspace);
      addUnits(options, gates, new Output(output, operand, hiddenGradient::at));
    } else {
      PerStep output = PerStep.floats(workspace, units);
      PerStep operand = output.operand(workspace);
      NativeBuffer gradient = workspace.floats((long) batch * units);
      addUnits(options, gates, new Output(output, operand, t -> gradient));
      addProjection(operand, gradient);
    }
    tape.add(t -> StepPart.of(() -> starts.show(t, t + 1), () -> starts.beginBackward(t)));
  }

  /** {@code z = x W + h U}, in the buffer of x W. */
  private Gates addSums(Projection projection) {
    var z = new PerStep(projection.values(), workspace);
    addRecurrence(z, true, projection.gradient());
    return new Gates(z, new PerStep(projection.gradient(), workspace));
  }

  /** {@code z = LN(x W) + LN(h U)}, each in a buffer of its own. */
  private Gates addNormalizedSums(Projection projection) {
    int width = GATES * units;
    var sum = new PerStep(projection.values(), workspace);
    var sumOperand = new PerStep(projection.gradient(), workspace);
    PerStep recurrent = PerStep.floats(workspace, width);
    PerStep recurrentOperand = recurrent.operand(workspace);
    PerStep z = PerStep.floats(workspace, width);
    Rows zero = Rows.one(workspace.floats(width));
    LayerNorm norm = layerNorm(LstmOptions.INPUT_GAIN);
    tape.add(t -> norm.part(LayerNorm.Input.inPlace(sum.at(t), sumOperand.at(t)), zero, z.at(t)));
    addRecurrence(recurrent, false, recurrentOperand.all());
    LayerNorm recurrentNorm = layerNorm(LstmOptions.RECURRENT_GAIN);
    tape.add(
        t -> {
          var input = LayerNorm.Input.inPlace(recurrent.at(t), recurrentOperand.at(t));
          return recurrentNorm.part(input, Rows.of(z.at(t), width), z.at(t));
        });
    // Products read the gradients of both sums, none reads that of z: its operand is itself.
    return new Gates(z, z);
  }

  /** {@code y = h U}, or {@code y += h U}. */
  private void addRecurrence(PerStep y, boolean adds, NativeBuffer gradient) {
    tape.add(
        new StepProducts(
            workspace,
            LstmCell.WEIGHT,
            hidden.operandsBefore(),
            gradient,
            adds ? Results.added(y::at) : Results.written(y::at),
            Results.addedToStateBefore(workspace, hiddenGradient.all(), firstGradient)));
  }

  /** From the pre-activations to c' and m. */
  private void addUnits(LstmOptions options, Gates gates, Output output) {
    PerStep tanhCell = PerStep.floats(workspace, units);
    NativeBuffer biasGradient = tape.sum(LstmCell.BIAS);
    IntFunction<LstmGradients> gradients =
        t ->
            new LstmGradients(
                output.gradient().apply(t), cellGradient, gates.values().at(t), biasGradient);
    IntFunction<LstmStep> steps = t -> step(t, gates, output, cell.after(t), tanhCell.at(t));
    if (options.peepholes()) {
      var peepholes =
          new Peepholes(
              workspace,
              workspace.parameter(LstmOptions.PEEPHOLE),
              tape.sum(LstmOptions.PEEPHOLE),
              cellGradient);
      tape.add(t -> peepholes.part(Peepholes.Gate.INPUT, gates.values().at(t), cell.before(t)));
      tape.add(t -> peepholes.part(Peepholes.Gate.FORGET, gates.values().at(t), cell.before(t)));
      tape.add(t -> cellPart(steps.apply(t), gradients.apply(t)));
      tape.add(t -> peepholes.part(Peepholes.Gate.OUTPUT, gates.values().at(t), cell.after(t)));
    } else {
      tape.add(t -> cellPart(steps.apply(t), gradients.apply(t)));
    }
    if (options.layerNorm()) {
      addNormalizedCell(tanhCell);
      tape.add(
          t ->
              outputPart(
                  step(t, gates, output, tanhCell.at(t), tanhCell.at(t)), gradients.apply(t)));
    } else {
      tape.add(t -> addsToCellGradient(tanhCell.at(t)));
      tape.add(t -> outputPart(steps.apply(t), gradients.apply(t)));
    }
  }

  private LstmStep step(
      int t, Gates gates, Output output, NativeBuffer cellAfter, NativeBuffer tanhCell) {
    return new LstmStep(
        gates.values().at(t),
        gates.operand().at(t),
        cell.before(t),
        cellAfter,
        tanhCell,
        output.values().at(t),
        output.operand().at(t));
  }

  private StepPart cellPart(LstmStep step, LstmGradients gradients) {
    return StepPart.of(
        () -> elementwise.lstmCellForward(step, bias, batch, units),
        () -> elementwise.lstmCellBackward(step, gradients, batch, units));
  }

  private StepPart outputPart(LstmStep step, LstmGradients gradients) {
    return StepPart.of(
        () -> elementwise.lstmOutputForward(step, bias, batch, units),
        () -> elementwise.lstmOutputBackward(step, gradients, batch, units));
  }

  /** {@code n = LN(c') + bn}, in the buffer that holds tanh(n) next, and the gradient of n last. */
  private void addNormalizedCell(PerStep n) {
    LayerNorm norm = layerNorm(LstmOptions.CELL_GAIN);
    Rows bias = Rows.one(workspace.parameter(LstmOptions.CELL_BIAS));
    Rows biasGradient = Rows.one(tape.sum(LstmOptions.CELL_BIAS));
    PerStep normalized = PerStep.floats(workspace, units);
    tape.add(t -> addsToCellGradient(normalized.at(t)));
    tape.add(
        t -> {
          // No product reads the gradient of c': its operand is itself.
          var input = new LayerNorm.Input(cell.after(t), normalized.at(t), normalized.at(t));
          return norm.part(input, bias, n.at(t));
        });
    tape.add(t -> addsTo(biasGradient, n.at(t)));
  }

  private LayerNorm layerNorm(String gain) {
    return new LayerNorm(workspace, workspace.parameter(gain), tape.sum(gain));
  }

  private StepPart addsToCellGradient(NativeBuffer gradient) {
    return addsTo(Rows.of(cellGradient, units), gradient);
  }

  /** Backward, adds a gradient {@code (B,H)} to others. */
  private StepPart addsTo(Rows sum, NativeBuffer gradient) {
    Rows rows = Rows.of(gradient, units);
    return StepPart.ofGradient(() -> elementwise.addRows(rows, sum, batch, units));
  }

  /** {@code h' = m P}. */
  private void addProjection(PerStep operand, NativeBuffer gradient) {
    PerStep hiddenGradientOperand = hiddenGradient.operand(workspace);
    tape.add(
        new StepProducts(
            workspace,
            LstmOptions.PROJECTION_WEIGHT,
            operand.all(),
            hiddenGradientOperand.all(),
            Results.written(hidden::after),
            Results.written(t -> gradient)));
    tape.add(
        t -> {
          NativeBuffer h = hidden.after(t);
          NativeBuffer hOperand = hidden.operandAfter(t);
          NativeBuffer dh = hiddenGradient.at(t);
          NativeBuffer dhOperand = hiddenGradientOperand.at(t);
          return StepPart.of(
              () -> workspace.round(h, hOperand), () -> workspace.round(dh, dhOperand));
        });
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
    cell.load(state, hidden.load(state, at));
  }

  @Override
  public void storeState(float[] state, int at) {
    cell.store(state, hidden.store(state, at));
  }

  @Override
  public void forward(int from, int to) {
    tape.forward(from, to);
  }

  @Override
  public void beginBackward() {
    cellGradient.clear(0, cellGradient.length());
    tape.beginBackward();
  }

  @Override
  public void backward(int from, int to) {
    tape.backward(from, to);
  }

  @Override
  public void endBackward(int steps) {
    starts.hide(0, steps);
    tape.endBackward(steps);
    starts.show(0, steps);
  }

  @Override
  public void storeStateGradient(float[] gradient, int at) {
    int size = firstGradient.length();
    firstGradient.clear(0, size);
    tape.backwardToFirstState();
    firstGradient.read(0, gradient, at, size);
    cellGradient.read(0, gradient, at + size, cellGradient.length());
  }
}
