package org.rondo.models.heads.decoder;

import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.HeadSpec;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The decoder one label at a time, of R rows: from their states and the labels before to the scores
 * of what may come next.
 */
final class SingleStep {
  private final DecoderSteps steps;
  private final PackedWeight weight;
  private final Matmul.Call multiply;
  private final NativeBuffer logits;
  private final NativeBuffer bias;

  /**
   * @param source the encoder's workspace, {@code (T,B)}
   * @param input the encoder's outputs
   * @param rows R, a multiple of B
   */
  SingleStep(
      Workspace source,
      Signal input,
      AttentionKeys keys,
      DecoderPlan decoder,
      HeadSpec spec,
      int rows) {
    this.steps = new DecoderSteps(source.shaped(1, rows), source, input, keys, decoder);
    Product product = Product.of(rows, decoder.units(), spec.outputs());
    Matmul forward = source.plan(decoder.tied() ? product.withTransposedB() : product);
    Workspace table = decoder.tied() ? source.within(DecoderSteps.EMBEDDING) : source;
    this.weight = table.weight(forward, "weight");
    this.logits = source.floats((long) rows * spec.outputs());
    this.multiply = forward.bind(steps.outputOperand(), weight.weights(), logits);
    this.bias = source.parameter("bias");
  }

  /** Floats that R rows carry. */
  int stateLength() {
    return steps.stateLength();
  }

  /** Where the state of the layers begins, behind the attentional vectors. */
  int layersAt() {
    return steps.layersAt();
  }

  /** Before the first step with these parameters. */
  void begin() {
    weight.refresh();
  }

  /**
   * One step.
   *
   * @param labels {@code (R)}
   * @param after the state behind it, overwritten; may be the same array
   */
  void run(float[] state, int[] labels, float[] after) {
    steps.loadState(state);
    steps.forward(labels, 1);
    steps.storeState(after);
    multiply.run();
  }

  /** {@code (R,V)}: the scores of the step that ran last, without {@link #bias}. */
  NativeBuffer logits() {
    return logits;
  }

  /** {@code (V)}. */
  NativeBuffer bias() {
    return bias;
  }

  /** What a row looked at in the step that ran last, of the first steps of its sequence. */
  void readWeights(int row, float[] into) {
    steps.readWeights(0, row, into);
  }
}
