package org.rondo.kernels;

import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.GatePasses.GruGradients;
import org.rondo.kernels.GatePasses.GruReset;
import org.rondo.kernels.GatePasses.GruStep;
import org.rondo.kernels.GatePasses.LstmGradients;
import org.rondo.kernels.GatePasses.LstmStep;
import org.rondo.kernels.GatePasses.VanillaGradients;
import org.rondo.kernels.GatePasses.VanillaStep;

/** The passes of recurrent cells. */
final class CellPasses extends PassBits {
  CellPasses(Elementwise passes, int size, NativeMemory memory) {
    super(passes, size, memory);
  }

  @Override
  void runAll() {
    lstm();
    lstmInHalves();
    for (Activation activation : Activation.values()) {
      vanilla(activation);
    }
    gru();
    gruThatResetsBefore();
  }

  private void lstm() {
    LstmStep step = lstmStep();
    passes.lstmForward(step, vector("bias", 4 * size, 1f), ROWS, size);
    keep("forward gates", step.gates());
    keep("cell", step.cell());
    keep("tanhCell", step.tanhCell());
    keep("hidden", step.hidden());
    keep("hidden operand", step.hiddenOperand());
    LstmGradients gradients = lstmGradients(zeros(4 * size));
    passes.lstmBackward(step, gradients, ROWS, size);
    keep("backward gates", gradients.gates());
    keep("gate gradient", step.gateGradient());
    keep("dCell", gradients.cell());
    keep("dBias", gradients.bias());
  }

  private LstmStep lstmStep() {
    return new LstmStep(
        values("gates", 4 * size, 8f),
        rounded(4 * size),
        values("cellBefore", size, 3f),
        zeros(size),
        zeros(size),
        zeros(size),
        rounded(size));
  }

  private LstmGradients lstmGradients(NativeBuffer gates) {
    return new LstmGradients(
        values("dHidden", size, 0.1f),
        values("dCell", size, 0.1f),
        gates,
        vector("dBias", 4 * size, 0.1f));
  }

  private void lstmInHalves() {
    NativeBuffer bias = vector("bias", 4 * size, 1f);
    LstmStep step = lstmStep();
    passes.lstmCellForward(step, bias, ROWS, size);
    passes.lstmOutputForward(step, bias, ROWS, size);
    keep("gates in halves", step.gates());
    keep("cell in halves", step.cell());
    keep("tanhCell in halves", step.tanhCell());
    keep("hidden in halves", step.hidden());
    keep("hidden operand in halves", step.hiddenOperand());
    LstmGradients gradients = lstmGradients(zeros(4 * size));
    passes.lstmOutputBackward(step, gradients, ROWS, size);
    passes.lstmCellBackward(step, gradients, ROWS, size);
    keep("backward gates in halves", gradients.gates());
    keep("gate gradient in halves", step.gateGradient());
    keep("gradient through tanh", step.tanhCell());
    keep("dCell in halves", gradients.cell());
    keep("dBias in halves", gradients.bias());
  }

  private void vanilla(Activation activation) {
    var step = new VanillaStep(values("sums", size, 3f), rounded(size), zeros(size), rounded(size));
    passes.vanillaForward(step, activation, vector("bias", size, 1f), ROWS, size);
    keep(activation + " hidden", step.hidden());
    keep(activation + " hidden operand", step.hiddenOperand());
    var gradients =
        new VanillaGradients(values("dHidden", size, 0.1f), vector("dBias", size, 0.1f));
    passes.vanillaBackward(step, activation, gradients, ROWS, size);
    keep(activation + " dSums", step.sums());
    keep(activation + " dSums operand", step.sumGradient());
    keep(activation + " dBias", gradients.bias());
  }

  private void gru() {
    GruStep step = gruStep(3);
    passes.gruForward(step, vector("bias", 4 * size, 1f), ROWS, size);
    keepForward("gru", step);
    keep("gru q", step.recurrent());
    GruGradients gradients = gruGradients(4);
    passes.gruBackward(step, gradients, ROWS, size);
    keepBackward("gru", step, gradients);
  }

  private void gruThatResetsBefore() {
    GruStep step = gruStep(2);
    var reset =
        new GruReset(
            zeros(size),
            rounded(size),
            values("dState", size, 0.1f),
            values("candidate", size, 2f),
            rounded(size));
    NativeBuffer bias = vector("bias", 3 * size, 1f);
    passes.gruResetForward(step, reset, bias, ROWS, size);
    keep("reset state", reset.state());
    keep("reset state operand", reset.stateOperand());
    passes.gruCandidateForward(step, reset, bias, ROWS, size);
    keepForward("gru before", step);
    GruGradients gradients = gruGradients(3);
    passes.gruCandidateBackward(step, reset, gradients, ROWS, size);
    keep("dCandidate", reset.candidate());
    keep("dCandidate operand", reset.candidateGradient());
    passes.gruResetBackward(step, reset, gradients, ROWS, size);
    keepBackward("gru before", step, gradients);
  }

  private GruStep gruStep(int multiplied) {
    return new GruStep(
        values("gates", 3 * size, 4f),
        rounded(3 * size),
        values("recurrent", multiplied * size, 4f),
        rounded(multiplied * size),
        values("hiddenBefore", size, 1f),
        zeros(size),
        rounded(size));
  }

  private GruGradients gruGradients(int biases) {
    return new GruGradients(
        values("dHidden", size, 0.1f),
        values("dHiddenBefore", size, 0.1f),
        vector("dBias", biases * size, 0.1f));
  }

  private void keepForward(String what, GruStep step) {
    keep(what + " gates", step.gates());
    keep(what + " hidden", step.hidden());
    keep(what + " hidden operand", step.hiddenOperand());
  }

  private void keepBackward(String what, GruStep step, GruGradients gradients) {
    keep(what + " dGates", step.gates());
    keep(what + " dGates operand", step.gateGradient());
    keep(what + " dRecurrent", step.recurrent());
    keep(what + " dRecurrent operand", step.recurrentGradient());
    keep(what + " dHiddenBefore", gradients.hiddenBefore());
    keep(what + " dBias", gradients.bias());
  }
}
