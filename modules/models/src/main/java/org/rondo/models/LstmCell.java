package org.rondo.models;

import com.google.auto.service.AutoService;
import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Elementwise.LstmStep;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;

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
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber 1997</a>
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers et al. 2000</a>, the forget gate
 */
@AutoService(Cell.class)
public final class LstmCell implements Cell {
  private static final int GATES = 4;
  private static final int FORGET = 1;
  private static final String WEIGHT = "recurrent_weight";
  private static final String BIAS = "bias";

  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public int projectionWidth(int units) {
    return GATES * units;
  }

  @Override
  public List<Integer> stateWidths(int units) {
    return List.of(units, units);
  }

  @Override
  public List<ParameterSpec> parameters(int units) {
    Initializer forgetOne =
        (values, random) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = i / units == FORGET ? 1f : 0f;
          }
        };
    return List.of(
        new ParameterSpec(
            WEIGHT, List.of(units, GATES * units), Initializer.orthogonal(units, GATES)),
        new ParameterSpec(BIAS, List.of(GATES * units), forgetOne));
  }

  @Override
  public Recurrence bind(
      Workspace workspace, int units, NativeBuffer projection, NativeBuffer outputGradient) {
    return new Steps(workspace, units, projection, outputGradient);
  }

  /** The gates' buffer holds pre-activations, then activations, then their gradients. */
  private static final class Steps implements Recurrence {
    private final int steps;
    private final int batch;
    private final int units;
    private final Elementwise elementwise;
    private final NativeBuffer bias;
    private final NativeBuffer biasGradient;
    private final NativeBuffer gates;

    /** {@code (T+1,B,H)}: slot 0 is the carried state, slot t+1 the state after step t. */
    private final NativeBuffer hidden;

    private final NativeBuffer cell;
    private final NativeBuffer cellGradient;
    private final LstmStep[] buffers;
    private final NativeBuffer[] hiddenGradient;
    private final PackedWeight weight;
    private final PackedWeight transposedWeight;
    private final Matmul.Call[] forward;
    private final Matmul.Call[] backward;
    private final Matmul.Call weightGradient;

    Steps(Workspace workspace, int units, NativeBuffer projection, NativeBuffer outputGradient) {
      this.steps = workspace.steps();
      this.batch = workspace.batch();
      this.units = units;
      this.elementwise = workspace.elementwise();
      this.bias = workspace.parameter(BIAS);
      this.biasGradient = workspace.gradient(BIAS);
      this.gates = projection;
      int state = batch * units;
      this.hidden = workspace.floats((steps + 1L) * state);
      this.cell = workspace.floats((steps + 1L) * state);
      this.cellGradient = workspace.floats(state);
      NativeBuffer tanhCell = workspace.floats((long) steps * state);
      this.buffers = new LstmStep[steps];
      this.hiddenGradient = new NativeBuffer[steps];
      for (int t = 0; t < steps; t++) {
        buffers[t] =
            new LstmStep(
                gates.slice(t * GATES * state, GATES * state),
                cell.slice(t * state, state),
                cell.slice((t + 1) * state, state),
                tanhCell.slice(t * state, state),
                hidden.slice((t + 1) * state, state));
        hiddenGradient[t] = outputGradient.slice(t * state, state);
      }
      Product recurrent = Product.of(batch, units, GATES * units).accumulating();
      this.weight = workspace.weight(workspace.plan(recurrent), WEIGHT);
      this.forward = bindForward(workspace.plan(recurrent));
      Product transposed = Product.of(batch, GATES * units, units).withTransposedB().accumulating();
      this.transposedWeight = workspace.weight(workspace.plan(transposed), WEIGHT);
      this.backward = bindBackward(workspace.plan(transposed));
      this.weightGradient =
          workspace
              .plan(Product.of(units, workspace.rows(), GATES * units).withTransposedA())
              .bind(hidden.slice(0, steps * state), gates, workspace.gradient(WEIGHT));
    }

    /** Adds {@code h U} to the pre-activations of each step. */
    private Matmul.Call[] bindForward(Matmul plan) {
      var calls = new Matmul.Call[steps];
      int state = batch * units;
      for (int t = 0; t < steps; t++) {
        NativeBuffer before = hidden.slice(t * state, state);
        calls[t] = plan.bind(before, weight.weights(), buffers[t].gates());
      }
      return calls;
    }

    /** Adds the gradient of the pre-activations times U' to the gradient of the h before. */
    private Matmul.Call[] bindBackward(Matmul plan) {
      var calls = new Matmul.Call[steps];
      for (int t = 1; t < steps; t++) {
        calls[t] = plan.bind(buffers[t].gates(), transposedWeight.weights(), hiddenGradient[t - 1]);
      }
      return calls;
    }

    @Override
    public NativeBuffer output() {
      int state = batch * units;
      return hidden.slice(state, steps * state);
    }

    @Override
    public void loadState(float[] state, int at) {
      int size = batch * units;
      hidden.write(0, state, at, size);
      cell.write(0, state, at + size, size);
    }

    @Override
    public void storeState(float[] state, int at) {
      int size = batch * units;
      hidden.read(steps * size, state, at, size);
      cell.read(steps * size, state, at + size, size);
    }

    @Override
    public void forward() {
      weight.refresh();
      for (int t = 0; t < steps; t++) {
        forward[t].run();
        elementwise.lstmForward(buffers[t], bias, batch, units);
      }
    }

    @Override
    public void backward() {
      transposedWeight.refresh();
      cellGradient.clear(0, cellGradient.length());
      for (int t = steps - 1; t >= 0; t--) {
        elementwise.lstmBackward(buffers[t], hiddenGradient[t], cellGradient, batch, units);
        if (t > 0) {
          backward[t].run();
        }
      }
      weightGradient.run();
      elementwise.columnSums(gates, biasGradient, steps * batch);
    }
  }
}
