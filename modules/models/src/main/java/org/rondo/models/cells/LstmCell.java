package org.rondo.models.cells;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.LstmGradients;
import org.rondo.kernels.GatePasses.LstmStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * Long short-term memory with a forget gate. With x the step's input, h and c the state before and
 * h', c' the state after the step:
 *
 * <pre>
 *   i = sigmoid(x Wi + h Ui + bi)     input gate
 *   f = sigmoid(x Wf + h Uf + bf)     forget gate
 *   g = tanh   (x Wg + h Ug + bg)     candidate
 *   o = sigmoid(x Wo + h Uo + bo)     output gate
 *   c' = f * c + i * g
 *   h' = o * tanh(c')
 * </pre>
 *
 * <p>Backward, with dh' from above and from the next step, dc' from the next step:
 *
 * <pre>
 *   dc' += dh' * o * (1 - tanh(c')^2)
 *   di = dc' * g * i * (1 - i)     df = dc' * c * f * (1 - f)
 *   dg = dc' * i * (1 - g^2)       do = dh' * tanh(c') * o * (1 - o)
 *   dc = dc' * f                   dh = [di df dg do] U'
 *   dU = sum over steps of h' [di df dg do]     db = sum over steps and rows of [di df dg do]
 * </pre>
 *
 * <p>Parameters: {@code recurrent_weight (H,4H)} and {@code bias (4H)}, gates in the order i, f, g,
 * o. The bias of the forget gate starts at 1 (Jozefowicz et al. 2015), all others at 0.
 *
 * <p>Options, each on its own or with the others; {@link ComposedLstm} has their equations:
 *
 * <ul>
 *   <li>{@code peepholes = true}: i and f see c, o sees c'. Parameter {@code peephole (3H)} of i,
 *       f, o, at first 0.
 *   <li>{@code layer_norm = true}: {@code x W} and {@code h U} are normalized, each over all four
 *       gates, and c' is normalized where h' reads it, as in equations 20 to 22 of the paper.
 *       Parameters {@code input_gain (4H)}, {@code recurrent_gain (4H)}, {@code cell_gain (H)}, at
 *       first 1, and {@code cell_bias (H)}, at first 0.
 *   <li>{@code projection = P}: h' is {@code o * tanh(c')} times {@code projection_weight (H,P)},
 *       with P less than H; {@code recurrent_weight} is {@code (P,4H)} then.
 * </ul>
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber 1997</a>
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers et al. 2000</a>, the forget gate
 * @see <a href="https://www.jmlr.org/papers/v3/gers02a.html">Gers, Schraudolph and Schmidhuber
 *     2002</a>, peepholes
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton 2016</a>, normalization
 * @see <a href="https://arxiv.org/abs/1402.1128">Sak, Senior and Beaufays 2014</a>, projection
 */
@AutoService(Cell.class)
public final class LstmCell implements Cell {
  private static final int GATES = 4;
  private static final int FORGET = 1;
  static final String WEIGHT = "recurrent_weight";
  static final String BIAS = "bias";

  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public Set<String> options() {
    return LstmOptions.NAMES;
  }

  @Override
  public int projectionWidth(CellSpec spec) {
    return GATES * spec.units();
  }

  @Override
  public List<Integer> stateWidths(CellSpec spec) {
    return List.of(LstmOptions.of(spec).outputs(), spec.units());
  }

  @Override
  public List<ParameterSpec> parameters(CellSpec spec) {
    int units = spec.units();
    Initializer forgetOne =
        (values, random) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = i / units == FORGET ? 1f : 0f;
          }
        };
    LstmOptions options = LstmOptions.of(spec);
    int outputs = options.outputs();
    var all = new ArrayList<ParameterSpec>();
    all.add(
        new ParameterSpec(
            WEIGHT,
            List.of(outputs, GATES * units),
            Initializer.orthogonal(outputs, units, GATES)));
    all.add(new ParameterSpec(BIAS, List.of(GATES * units), forgetOne));
    all.addAll(options.parameters());
    return all;
  }

  @Override
  public boolean startsDocuments() {
    return true;
  }

  @Override
  public Recurrence bind(
      Workspace workspace, CellSpec spec, Projection projection, NativeBuffer outputGradient) {
    LstmOptions options = LstmOptions.of(spec);
    return options.none()
        ? new Steps(workspace, spec.units(), projection, outputGradient)
        : new ComposedLstm(workspace, options, projection, outputGradient);
  }

  /** The gates' buffer holds pre-activations, then activations. */
  private static final class Steps implements Recurrence {
    private final int steps;
    private final int batch;
    private final int units;
    private final Elementwise elementwise;
    private final NativeBuffer bias;
    private final NativeBuffer biasGradient;
    private final StateHistory hidden;
    private final StateHistory cell;
    private final NativeBuffer cellGradient;
    private final NativeBuffer firstGradient;
    private final LstmStep[] buffers;
    private final LstmGradients[] gradients;
    private final StepProducts products;
    private final DocumentStarts starts;

    Steps(Workspace workspace, int units, Projection projection, NativeBuffer outputGradient) {
      this.steps = workspace.steps();
      this.batch = workspace.batch();
      this.units = units;
      this.elementwise = workspace.elementwise();
      this.bias = workspace.parameter(BIAS);
      this.biasGradient = workspace.gradient(BIAS);
      int state = batch * units;
      this.hidden = StateHistory.multiplied(workspace, units);
      this.cell = StateHistory.elementwise(workspace, units);
      this.cellGradient = workspace.floats(state);
      this.firstGradient = workspace.gradientFloats(state);
      NativeBuffer tanhCell = workspace.floats((long) steps * state);
      boolean inPlace = projection.inPlace();
      NativeBuffer scratch = inPlace ? null : workspace.gradientFloats((long) GATES * state);
      this.buffers = new LstmStep[steps];
      this.gradients = new LstmGradients[steps];
      for (int t = 0; t < steps; t++) {
        buffers[t] = step(t, projection, tanhCell.slice(t * state, state));
        gradients[t] =
            new LstmGradients(
                outputGradient.slice(t * state, state),
                cellGradient,
                inPlace ? buffers[t].gates() : scratch,
                biasGradient);
      }
      this.products =
          new StepProducts(
              workspace,
              WEIGHT,
              hidden.operandsBefore(),
              projection.gradient(),
              Results.added(t -> buffers[t].gates()),
              Results.addedToStateBefore(workspace, outputGradient, firstGradient));
      this.starts =
          new DocumentStarts(
              workspace, outputGradient, List.of(hidden, cell), List.of(cellGradient));
    }

    private LstmStep step(int t, Projection projection, NativeBuffer tanhCell) {
      int width = batch * GATES * units;
      return new LstmStep(
          projection.values().slice(t * width, width),
          projection.gradient().slice(t * width, width),
          cell.before(t),
          cell.after(t),
          tanhCell,
          hidden.after(t),
          hidden.operandAfter(t));
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
      products.beginForward();
      for (int t = from; t < to; t++) {
        starts.hide(t, t + 1);
        products.forward(t);
        elementwise.lstmForward(buffers[t], bias, batch, units);
        starts.show(t, t + 1);
      }
    }

    @Override
    public void beginBackward() {
      products.beginBackward();
      cellGradient.clear(0, cellGradient.length());
      biasGradient.clear(0, biasGradient.length());
    }

    @Override
    public void backward(int from, int to) {
      for (int t = to - 1; t >= from; t--) {
        starts.beginBackward(t);
        elementwise.lstmBackward(buffers[t], gradients[t], batch, units);
        products.backward(t);
        starts.endBackward(t);
      }
    }

    @Override
    public void endBackward(int steps) {
      starts.hide(0, steps);
      products.weightGradient(steps);
      starts.show(0, steps);
    }

    @Override
    public void storeStateGradient(float[] gradient, int at) {
      int size = firstGradient.length();
      firstGradient.clear(0, size);
      products.backwardToFirstState();
      firstGradient.read(0, gradient, at, size);
      cellGradient.read(0, gradient, at + size, size);
    }
  }
}
