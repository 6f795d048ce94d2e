package org.rondo.models.cells;

import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.RowPasses.MultiplyAdd;
import org.rondo.kernels.RowPasses.Normalization;
import org.rondo.kernels.RowPasses.NormalizationGradients;
import org.rondo.kernels.RowPasses.Rows;
import org.rondo.models.workspace.Workspace;

/**
 * Layer normalization: each row of a matrix is brought to mean 0 and variance 1, and each of its
 * columns multiplied with a gain that is learned. With n the normalized x:
 *
 * <pre>
 *   n = (x - mean(x)) / sqrt(variance(x) + 1e-5)      y = gain * n + addend
 * </pre>
 *
 * <p>Backward, with g = gain * dy:
 *
 * <pre>
 *   dx = (g - mean(g) - n * mean(g * n)) / sqrt(variance(x) + 1e-5)
 *   dgain = sum over rows of dy * n
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton 2016</a>
 */
final class LayerNorm {
  private final Workspace workspace;
  private final NativeBuffer gain;
  private final NativeBuffer gainGradient;
  private final NativeBuffer weighted;

  /**
   * What one step normalizes.
   *
   * @param input x, {@code (B,W)}
   * @param normalized n, then the gradient of x; may be the input
   * @param operand of the gradient of x
   */
  record Input(NativeBuffer input, NativeBuffer normalized, NativeBuffer operand) {
    /** n in the buffer of x. */
    static Input inPlace(NativeBuffer values, NativeBuffer operand) {
      return new Input(values, values, operand);
    }
  }

  /**
   * Normalization with the same gain in every step.
   *
   * @param gain {@code (W)}
   * @param gainGradient {@code (W)}, added to
   */
  LayerNorm(Workspace workspace, NativeBuffer gain, NativeBuffer gainGradient) {
    this.workspace = workspace;
    this.gain = gain;
    this.gainGradient = gainGradient;
    this.weighted = workspace.floats(gain.length());
  }

  /**
   * The normalization of one step.
   *
   * @param output y, {@code (B,W)}; its gradient when the part runs backward
   */
  StepPart part(Input x, Rows addend, NativeBuffer output) {
    Elementwise elementwise = workspace.elementwise();
    int batch = workspace.batch();
    int width = gain.length();
    var normalization = new Normalization(x.input(), x.normalized(), workspace.floats(batch));
    Rows n = Rows.of(x.normalized(), width);
    Rows y = Rows.of(output, width);
    var scaled = new MultiplyAdd(n, Rows.one(gain), addend, y);
    var gainSum = MultiplyAdd.into(Rows.one(gainGradient), y, n);
    var gradients = new NormalizationGradients(output, gain, weighted, x.operand());
    return StepPart.of(
        () -> {
          elementwise.normalize(normalization, batch, width);
          elementwise.multiplyAdd(scaled, batch, width);
        },
        () -> {
          elementwise.multiplyAdd(gainSum, batch, width);
          elementwise.normalizeBackward(normalization, gradients, batch, width);
        });
  }
}
