package org.rondo.kernels;

/**
 * The element-wise passes of recurrent cells, one step of all sequences at a time.
 *
 * <p>What products read is written twice: as float32 and as an <em>operand</em>, which has the
 * element type of products' inputs. In float32 the operand is the same buffer; in bfloat16 it is a
 * second one, rounded while its row is still in the cache.
 */
public interface GatePasses {
  /**
   * The buffers of one step of an LSTM.
   *
   * @param gates {@code (B,4H)}, gate order i, f, g, o: pre-activations without bias, then
   *     activations; used up by the backward pass
   * @param gateGradient {@code (B,4H)}: operand of the gradients of the pre-activations
   * @param cellBefore {@code (B,H)} c of the step before; not modified
   * @param cell {@code (B,H)} c of this step
   * @param tanhCell {@code (B,H)} tanh(c) of this step
   * @param hidden {@code (B,H)} h of this step
   * @param hiddenOperand {@code (B,H)}: operand of h
   */
  record LstmStep(
      NativeBuffer gates,
      NativeBuffer gateGradient,
      NativeBuffer cellBefore,
      NativeBuffer cell,
      NativeBuffer tanhCell,
      NativeBuffer hidden,
      NativeBuffer hiddenOperand) {}

  /**
   * i, f, o = sigmoid(.), g = tanh(.); c' = f*c + i*g; h = o*tanh(c').
   *
   * @param bias {@code (4H)}, added to the pre-activations first
   */
  void lstmForward(LstmStep step, NativeBuffer bias, int batch, int units);

  /**
   * Backward of {@link #lstmForward}: writes {@code step.gateGradient()}.
   *
   * @param gradients of the state, and where those of gates and bias belong
   */
  void lstmBackward(LstmStep step, LstmGradients gradients, int batch, int units);

  /**
   * The first half of {@link #lstmForward}: i, f, g and c'.
   *
   * @param bias {@code (4H)}
   */
  void lstmCellForward(LstmStep step, NativeBuffer bias, int batch, int units);

  /**
   * The second half of {@link #lstmForward}: o, and {@code h = o*tanh(n)}, where n is what stands
   * in {@code step.cell()}: c', or what a cell makes of it.
   *
   * @param step whose {@code cell} may be its {@code tanhCell}, and is overwritten then
   * @param bias {@code (4H)}
   */
  void lstmOutputForward(LstmStep step, NativeBuffer bias, int batch, int units);

  /**
   * Backward of {@link #lstmOutputForward}: writes the gradient of o's pre-activation, and replaces
   * {@code step.tanhCell()} by the gradient of n.
   *
   * @param gradients of which h's is read
   */
  void lstmOutputBackward(LstmStep step, LstmGradients gradients, int batch, int units);

  /**
   * Backward of {@link #lstmCellForward}, after {@link #lstmOutputBackward}: writes the gradients
   * of the pre-activations of i, f, g.
   *
   * @param gradients the gradient of c' is whole, and is replaced by that of c through f; those of
   *     all four gates are added to that of the bias
   */
  void lstmCellBackward(LstmStep step, LstmGradients gradients, int batch, int units);

  /**
   * What the backward pass of one step reads and writes beside the step's own buffers.
   *
   * @param hidden {@code (B,H)} gradient of h, from the layer above and from step t+1; not modified
   * @param cell {@code (B,H)} gradient of c' from step t+1; replaced by the gradient of c
   * @param gates {@code (B,4H)}: overwritten with the gradients of the pre-activations; the step's
   *     own gates where those are the operand, else one buffer for all steps, which stays in the
   *     cache
   * @param bias {@code (4H)}: each row's gradients of the pre-activations are added, in row order
   */
  record LstmGradients(
      NativeBuffer hidden, NativeBuffer cell, NativeBuffer gates, NativeBuffer bias) {}

  /** What a vanilla recurrence or a dense layer applies to its pre-activations. */
  enum Activation {
    /** The hyperbolic tangent. */
    TANH,
    /** max(x, 0). */
    RELU,
    /** 1 / (1 + e^-x). */
    SIGMOID,
    /** x itself. */
    IDENTITY
  }

  /**
   * The buffers of one step of a vanilla recurrence, or of all rows of a dense layer.
   *
   * @param sums {@code (B,H)}: pre-activations without bias; after the backward pass gradients of
   *     the pre-activations
   * @param sumGradient {@code (B,H)}: operand of those gradients
   * @param hidden {@code (B,H)} h of this step
   * @param hiddenOperand {@code (B,H)}: operand of h
   */
  record VanillaStep(
      NativeBuffer sums,
      NativeBuffer sumGradient,
      NativeBuffer hidden,
      NativeBuffer hiddenOperand) {}

  /**
   * What the backward pass of one step reads and writes beside the step's own buffers.
   *
   * @param hidden {@code (B,H)} gradient of h, from the layer above and from step t+1; not modified
   * @param bias {@code (H)}: each row's gradients of the pre-activations are added, in row order
   */
  record VanillaGradients(NativeBuffer hidden, NativeBuffer bias) {}

  /**
   * h = activation(sums + bias).
   *
   * @param bias {@code (H)}
   */
  void vanillaForward(
      VanillaStep step, Activation activation, NativeBuffer bias, int batch, int units);

  /** Backward of {@link #vanillaForward}, from h: replaces {@code step.sums()} by its gradient. */
  void vanillaBackward(
      VanillaStep step, Activation activation, VanillaGradients gradients, int batch, int units);

  /**
   * The buffers of one step of a GRU, gates in the order r, z, n (reset, update, candidate).
   *
   * @param gates {@code (B,3H)}: the projected input, then activations, then, after the backward
   *     pass, gradients of the pre-activations
   * @param gateGradient {@code (B,3H)}: operand of those gradients
   * @param recurrent h U without bias, {@code (B,3H)}, or {@code (B,2H)} for r and z alone where
   *     the reset comes before the candidate's product; used up by the backward pass
   * @param recurrentGradient as {@code recurrent}: operand of the gradient of h U; in float32 the
   *     same buffer
   * @param hiddenBefore {@code (B,H)} h of the step before; not modified
   * @param hidden {@code (B,H)} h of this step
   * @param hiddenOperand {@code (B,H)}: operand of h
   */
  record GruStep(
      NativeBuffer gates,
      NativeBuffer gateGradient,
      NativeBuffer recurrent,
      NativeBuffer recurrentGradient,
      NativeBuffer hiddenBefore,
      NativeBuffer hidden,
      NativeBuffer hiddenOperand) {}

  /**
   * What the backward pass of one step reads and writes beside the step's own buffers.
   *
   * @param hidden {@code (B,H)} gradient of h', from the layer above and from step t+1; not
   *     modified
   * @param hiddenBefore {@code (B,H)} gradient of h: what does not flow through h U is added
   * @param bias as the step's: each row's gradients are added, in row order
   */
  record GruGradients(NativeBuffer hidden, NativeBuffer hiddenBefore, NativeBuffer bias) {}

  /**
   * r, z = sigmoid(.); n = tanh(gates + bias + r * (recurrent + recurrent bias)); h' = (1-z)*n +
   * z*h.
   *
   * @param bias {@code (4H)}: of r, z and n, then that inside the reset
   */
  void gruForward(GruStep step, NativeBuffer bias, int batch, int units);

  /**
   * Backward of {@link #gruForward}: replaces {@code step.gates()} by the gradients of the
   * pre-activations and writes that of h U.
   */
  void gruBackward(GruStep step, GruGradients gradients, int batch, int units);

  /**
   * What a step of a GRU has more where the reset comes before the candidate's product.
   *
   * @param state {@code (B,H)} r*h
   * @param stateOperand {@code (B,H)}: operand of r*h
   * @param stateGradient {@code (B,H)} gradient of r*h
   * @param candidate {@code (B,H)} (r*h) U, then the gradient of n's pre-activations
   * @param candidateGradient {@code (B,H)}: operand of that gradient
   */
  record GruReset(
      NativeBuffer state,
      NativeBuffer stateOperand,
      NativeBuffer stateGradient,
      NativeBuffer candidate,
      NativeBuffer candidateGradient) {}

  /**
   * r, z = sigmoid(.); r*h.
   *
   * @param bias {@code (3H)}
   */
  void gruResetForward(GruStep step, GruReset reset, NativeBuffer bias, int batch, int units);

  /** n = tanh(gates + candidate + bias); h' = (1-z)*n + z*h. */
  void gruCandidateForward(GruStep step, GruReset reset, NativeBuffer bias, int batch, int units);

  /** Backward of {@link #gruCandidateForward}: gradients of z and n, and n's to the candidate. */
  void gruCandidateBackward(
      GruStep step, GruReset reset, GruGradients gradients, int batch, int units);

  /**
   * Backward of {@link #gruResetForward}, after {@link #gruCandidateBackward} and the product that
   * gives {@code reset.stateGradient()}: the gradient of r, and that of h U.
   */
  void gruResetBackward(GruStep step, GruReset reset, GruGradients gradients, int batch, int units);
}
