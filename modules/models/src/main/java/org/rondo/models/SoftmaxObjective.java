package org.rondo.models;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;

/**
 * A class for every row of the input: {@code p = softmax(h W + b)}, loss {@code -log p(target)}.
 *
 * <p>Parameters: {@code weight (H,V)} and {@code bias (V)}. Rows are worked in blocks from logits
 * to gradients, so that logits are never held for all rows of a large vocabulary.
 */
final class SoftmaxObjective implements Objective {
  /** Logits that one block may hold, 32 MiB, unless that were fewer rows than the least. */
  private static final int BLOCK_FLOATS = 1 << 23;

  /**
   * Products of fewer rows spend their time on reading the weights: with 10,000 classes a step over
   * blocks of 100 rows takes a tenth longer than over one of 700.
   */
  private static final int LEAST_ROWS = 256;

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  /** The products of rows {@code [from, from+rows)}. */
  private record Block(
      int from,
      int rows,
      SoftmaxRows softmax,
      Matmul.Call forward,
      Matmul.Call inputGradient,
      Matmul.Call weightGradient) {}

  private final Elementwise elementwise;
  private final int classes;
  private final int rows;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final PackedWeight weight;
  private final PackedWeight transposedWeight;
  private final Block[] blocks;

  SoftmaxObjective(Workspace workspace, Signal input, int classes) {
    this.elementwise = workspace.elementwise();
    this.classes = classes;
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    this.rows = input.values().length() / input.width();
    int blockRows = blockRows(rows, classes);
    int width = input.width();
    this.weight = workspace.weight(workspace.plan(Product.of(blockRows, width, classes)), WEIGHT);
    this.transposedWeight =
        workspace.weight(
            workspace.plan(Product.of(blockRows, classes, width).withTransposedB()), WEIGHT);
    NativeBuffer logits = workspace.floats((long) blockRows * classes);
    var all = new SoftmaxRows(logits, bias, workspace.operand(logits), biasGradient);
    this.blocks = new Block[(rows + blockRows - 1) / blockRows];
    for (int i = 0; i < blocks.length; i++) {
      int from = i * blockRows;
      blocks[i] = block(workspace, input, all, from, Math.min(blockRows, rows - from));
    }
  }

  static List<ParameterSpec> parameters(int inputs, int classes) {
    return List.of(
        new ParameterSpec(WEIGHT, List.of(inputs, classes), Initializer.glorot(inputs, classes)),
        new ParameterSpec(BIAS, List.of(classes), Initializer.zeros()));
  }

  /**
   * Rows of each block but the last: the blocks are as even as they can be. A function of shapes
   * alone, never of the machine, since it decides the order of sums.
   */
  static int blockRows(int rows, int classes) {
    int most = Math.max(LEAST_ROWS, BLOCK_FLOATS / classes);
    int blocks = (rows + most - 1) / most;
    return (rows + blocks - 1) / blocks;
  }

  private Block block(Workspace workspace, Signal input, SoftmaxRows all, int from, int rows) {
    int width = input.width();
    NativeBuffer logits = all.logits().slice(0, rows * classes);
    NativeBuffer logitsGradient = all.gradient().slice(0, rows * classes);
    NativeBuffer operand = input.operand().slice(from * width, rows * width);
    NativeBuffer gradient = input.gradient().slice(from * width, rows * width);
    Product weightProduct = Product.of(width, rows, classes).withTransposedA();
    return new Block(
        from,
        rows,
        new SoftmaxRows(logits, all.bias(), logitsGradient, all.biasGradient()),
        workspace.plan(Product.of(rows, width, classes)).bind(operand, weight.weights(), logits),
        workspace
            .plan(Product.of(rows, classes, width).withTransposedB())
            .bind(logitsGradient, transposedWeight.weights(), gradient),
        workspace
            .plan(from == 0 ? weightProduct : weightProduct.accumulating())
            .bind(operand, logitsGradient, workspace.gradient(WEIGHT)));
  }

  @Override
  public double lossAndGradient(int[] targets, int targetCount) {
    weight.refresh();
    transposedWeight.refresh();
    biasGradient.clear(0, classes);
    float scale = targetCount == 0 ? 0f : 1f / targetCount;
    double sum = 0;
    for (Block block : blocks) {
      block.forward.run();
      sum += elementwise.softmaxCrossEntropy(block.softmax, targets, block.from, block.rows, scale);
      block.inputGradient.run();
      block.weightGradient.run();
    }
    return sum;
  }

  @Override
  public void loss(int[] targets, double[] sums) {
    weight.refresh();
    for (Block block : blocks) {
      block.forward.run();
      elementwise.crossEntropy(block.softmax.logits(), bias, targets, block.from, block.rows, sums);
    }
  }

  @Override
  public int predictions() {
    return rows;
  }

  @Override
  public void logits(float[] logits) {
    weight.refresh();
    for (Block block : blocks) {
      block.forward.run();
      block.softmax.logits().read(0, logits, block.from * classes, block.rows * classes);
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] += bias.get(i % classes);
    }
  }
}
