package org.rondo.models.heads.decoder;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.PerStep;
import org.rondo.models.cells.StateHistory;
import org.rondo.models.cells.StepProducts;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * What a step predicts its label of: {@code a = tanh(c C + h S + b)}, with c its context and h its
 * state. Parameters: {@code context_weight (D,H)}, C, {@code state_weight (H,H)}, S, and {@code
 * bias (H)}.
 */
final class AttentionalVectors {
  private static final String CONTEXT = "context_weight";
  private static final String STATE = "state_weight";
  private static final String BIAS = "bias";

  private final Elementwise elementwise;
  private final int rows;
  private final int units;
  private final StateHistory history;
  private final NativeBuffer gradient;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final StepProducts contexts;
  private final StepProducts states;
  private final VanillaStep[] steps;
  private final VanillaGradients[] gradients;

  /**
   * @param context {@code (U,R,D)}
   */
  AttentionalVectors(Workspace target, Signal context, DecoderLayer top, int units) {
    this.elementwise = target.elementwise();
    this.rows = target.batch();
    this.units = units;
    this.history = StateHistory.multiplied(target, units);
    long size = (long) target.rows() * units;
    this.gradient = target.gradientFloats(size);
    this.bias = target.parameter(BIAS);
    this.biasGradient = target.gradient(BIAS);
    var sums = new PerStep(target.floats(size), target);
    var sumGradients = new PerStep(target.gradientOperand(sums.all()), target);
    var contextGradients = new PerStep(context.gradient(), target);
    var stateGradients = new PerStep(top.outputGradient(), target);
    var ofSteps = new PerStep(gradient, target);
    this.contexts =
        new StepProducts(
            target,
            CONTEXT,
            context.operand(),
            sumGradients.all(),
            Results.written(sums::at),
            Results.written(contextGradients::at));
    this.states =
        new StepProducts(
            target,
            STATE,
            top.outputOperand(),
            sumGradients.all(),
            Results.added(sums::at),
            Results.added(stateGradients::at));
    this.steps = new VanillaStep[target.steps()];
    this.gradients = new VanillaGradients[target.steps()];
    for (int u = 0; u < steps.length; u++) {
      steps[u] =
          new VanillaStep(
              sums.at(u), sumGradients.at(u), history.after(u), history.operandAfter(u));
      gradients[u] = new VanillaGradients(ofSteps.at(u), biasGradient);
    }
  }

  static List<ParameterSpec> parameters(int inputs, int units) {
    return List.of(
        new ParameterSpec(
            CONTEXT, List.of(inputs, units), Initializer.glorot(inputs + units, units)),
        new ParameterSpec(STATE, List.of(units, units), Initializer.glorot(inputs + units, units)),
        new ParameterSpec(BIAS, List.of(units), Initializer.zeros()));
  }

  /** Those before and after each step. */
  StateHistory history() {
    return history;
  }

  /** {@code (U,R,H)}: to be filled before the steps run backward; of padding zero. */
  NativeBuffer gradient() {
    return gradient;
  }

  void beginForward() {
    contexts.beginForward();
    states.beginForward();
  }

  void forward(int u) {
    contexts.forward(u);
    states.forward(u);
    elementwise.vanillaForward(steps[u], Activation.TANH, bias, rows, units);
  }

  void beginBackward() {
    contexts.beginBackward();
    states.beginBackward();
    biasGradient.clear(0, units);
  }

  /** Writes the gradient of step u's context, and adds to that of its state. */
  void backward(int u) {
    elementwise.vanillaBackward(steps[u], Activation.TANH, gradients[u], rows, units);
    contexts.backward(u);
    states.backward(u);
  }

  void endBackward(int count) {
    contexts.weightGradient(count);
    states.weightGradient(count);
  }
}
