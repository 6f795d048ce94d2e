package org.rondo.models.cells;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * The simple recurrence, without gates. With x the step's input, h the state before and h' the
 * state after the step:
 *
 * <pre>
 *   h' = f(x W + h U + b)
 * </pre>
 *
 * <p>Backward, with dh' from above and from the next step:
 *
 * <pre>
 *   da = dh' * (1 - h'^2)   where f is tanh
 *   da = dh' where h' > 0, else 0   where f is relu
 *   dh = da U'
 *   dU = sum over steps of h' da     db = sum over steps and rows of da
 * </pre>
 *
 * <p>Options: {@code activation = tanh | relu}; {@code initial = orthogonal | identity}, how U
 * starts: by default orthogonal for tanh, the identity for relu. The bias starts at 0.
 *
 * <p>Parameters: {@code recurrent_weight (H,H)} and {@code bias (H)}.
 *
 * @see <a href="https://doi.org/10.1207/s15516709cog1402_1">Elman 1990</a>
 * @see <a href="https://arxiv.org/abs/1504.00941">Le, Jaitly and Hinton 2015</a>, rectified linear
 *     units that start from the identity
 */
@AutoService(Cell.class)
public final class VanillaCell implements Cell {
  private static final String WEIGHT = "recurrent_weight";
  private static final String BIAS = "bias";

  @Override
  public String name() {
    return "vanilla";
  }

  @Override
  public Set<String> options() {
    return Set.of("activation", "initial");
  }

  @Override
  public int projectionWidth(CellSpec spec) {
    return spec.units();
  }

  @Override
  public List<Integer> stateWidths(CellSpec spec) {
    return List.of(spec.units());
  }

  @Override
  public List<ParameterSpec> parameters(CellSpec spec) {
    int units = spec.units();
    return List.of(
        new ParameterSpec(WEIGHT, List.of(units, units), initial(spec)),
        new ParameterSpec(BIAS, List.of(units), Initializer.zeros()));
  }

  private static Initializer initial(CellSpec spec) {
    String initial =
        activation(spec) == Activation.TANH
            ? spec.options().choice("initial", "orthogonal", "identity")
            : spec.options().choice("initial", "identity", "orthogonal");
    return initial.equals("identity")
        ? Initializer.identity(spec.units())
        : Initializer.orthogonal(spec.units(), 1);
  }

  private static Activation activation(CellSpec spec) {
    return switch (spec.options().choice("activation", "tanh", "relu")) {
      case "relu" -> Activation.RELU;
      default -> Activation.TANH;
    };
  }

  @Override
  public boolean startsDocuments() {
    return true;
  }

  @Override
  public Recurrence bind(
      Workspace workspace, CellSpec spec, Projection projection, NativeBuffer outputGradient) {
    return new Steps(workspace, spec, projection, outputGradient);
  }

  /** The projection's buffer holds pre-activations, then their gradients. */
  private static final class Steps implements Recurrence {
    private final int steps;
    private final int batch;
    private final int units;
    private final Activation activation;
    private final Elementwise elementwise;
    private final NativeBuffer bias;
    private final NativeBuffer biasGradient;
    private final StateHistory hidden;
    private final NativeBuffer firstGradient;
    private final VanillaStep[] buffers;
    private final VanillaGradients[] gradients;
    private final StepProducts products;
    private final DocumentStarts starts;

    Steps(Workspace workspace, CellSpec spec, Projection projection, NativeBuffer outputGradient) {
      this.steps = workspace.steps();
      this.batch = workspace.batch();
      this.units = spec.units();
      this.activation = activation(spec);
      this.elementwise = workspace.elementwise();
      this.bias = workspace.parameter(BIAS);
      this.biasGradient = workspace.gradient(BIAS);
      this.hidden = StateHistory.multiplied(workspace, units);
      this.buffers = new VanillaStep[steps];
      this.gradients = new VanillaGradients[steps];
      int size = batch * units;
      this.firstGradient = workspace.gradientFloats(size);
      for (int t = 0; t < steps; t++) {
        buffers[t] =
            new VanillaStep(
                projection.values().slice(t * size, size),
                projection.gradient().slice(t * size, size),
                hidden.after(t),
                hidden.operandAfter(t));
        gradients[t] = new VanillaGradients(outputGradient.slice(t * size, size), biasGradient);
      }
      this.products =
          new StepProducts(
              workspace,
              WEIGHT,
              hidden.operandsBefore(),
              projection.gradient(),
              Results.added(t -> buffers[t].sums()),
              Results.addedToStateBefore(workspace, outputGradient, firstGradient));
      this.starts = new DocumentStarts(workspace, outputGradient, List.of(hidden), List.of());
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
    public void forward(int from, int to) {
      products.beginForward();
      for (int t = from; t < to; t++) {
        starts.hide(t, t + 1);
        products.forward(t);
        elementwise.vanillaForward(buffers[t], activation, bias, batch, units);
        starts.show(t, t + 1);
      }
    }

    @Override
    public void beginBackward() {
      products.beginBackward();
      biasGradient.clear(0, biasGradient.length());
    }

    @Override
    public void backward(int from, int to) {
      for (int t = to - 1; t >= from; t--) {
        starts.beginBackward(t);
        elementwise.vanillaBackward(buffers[t], activation, gradients[t], batch, units);
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
      firstGradient.clear(0, firstGradient.length());
      products.backwardToFirstState();
      firstGradient.read(0, gradient, at, firstGradient.length());
    }
  }
}
