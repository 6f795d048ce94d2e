package org.rondo.models.heads;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.WeightOperand;
import org.rondo.models.workspace.Workspace;

/**
 * A class for every row of the input: {@code p = softmax(h W + b)}, loss {@code -log p(target)}.
 *
 * <p>{@link ClassWeights}, and weights of sequences, may make some targets count more than others.
 *
 * <p>Parameters: {@code weight (H,V)} and {@code bias (V)}. A head that is {@linkplain #tied tied}
 * has the bias alone: its W is the transposed table {@code weight (V,H)} of the embedding, whose
 * gradient it writes before the embedding adds its own. Rows are worked in blocks from logits to
 * gradients, so that logits are never held for all rows of a large vocabulary.
 */
public final class SoftmaxObjective implements Objective {
  /** Logits that one block may hold, 32 MiB, unless that were fewer rows than the least. */
  private static final int BLOCK_FLOATS = 1 << 23;

  /**
   * Products of fewer rows spend their time on reading the weights: with 10,000 classes a step over
   * blocks of 100 rows takes a tenth longer than over one of 700.
   */
  private static final int LEAST_ROWS = 256;

  /**
   * Logits that a tile may hold, 8 MiB, where the gradient of all rows is kept in bfloat16: they
   * are read again before they leave the cache, and need no memory of their own for every row.
   */
  private static final int TILE_FLOATS = 1 << 21;

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  /** Rows {@code [from, from+count)}. */
  private record Rows(int from, int count) {}

  /** Rows whose losses count the same, and their buffers. */
  private record Part(Rows rows, SoftmaxRows softmax) {}

  /** From input to the gradient of the logits. */
  private final class Tile {
    private final Part whole;
    private final List<Part> all;
    private final Matmul.Call forward;

    /** Made when the first minibatch comes whose targets do not count the same. */
    private List<Part> single;

    Tile(Part whole, Matmul.Call forward) {
      this.whole = whole;
      this.all = List.of(whole);
      this.forward = forward;
    }

    Rows rows() {
      return whole.rows;
    }

    /** All rows in one, or with weights each row by itself. */
    List<Part> parts() {
      if (classWeights.equal()) {
        return all;
      }
      if (single == null) {
        single = singly(whole);
      }
      return single;
    }
  }

  /**
   * Some tiles, and the products over all their rows.
   *
   * @param inputRows the gradient of the input's rows
   */
  private record Block(
      Rows rows,
      List<Tile> tiles,
      NativeBuffer inputRows,
      Matmul.Call inputGradient,
      Matmul.Call weightGradient) {}

  private final Elementwise elementwise;
  private final Workspace table;
  private final boolean isTied;
  private final int classes;
  private final ClassWeights classWeights;
  private final float smoothing;
  private final double[] rowLoss = new double[1];
  private final int rows;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final PackedWeight weight;
  private final WeightOperand plainWeight;
  private final int tileRows;
  private final Block[] blocks;

  SoftmaxObjective(Workspace workspace, Signal input, int classes, ClassWeights classWeights) {
    this(workspace, workspace, input, classes, new Manner(classWeights, Integer.MAX_VALUE, 0f));
  }

  /**
   * A head whose W is the table of the embedding, transposed.
   *
   * @see <a href="https://arxiv.org/abs/1611.01462">Inan, Khosravi and Socher 2017</a>
   * @see <a href="https://arxiv.org/abs/1608.05859">Press and Wolf 2017</a>
   */
  static SoftmaxObjective tied(Workspace workspace, Signal input, int classes) {
    Workspace embedding = workspace.ofNetwork(InputLayerSpec.EMBEDDING);
    embedding.tie(WEIGHT);
    return new SoftmaxObjective(
        workspace,
        embedding,
        input,
        classes,
        new Manner(ClassWeights.none(), Integer.MAX_VALUE, 0f));
  }

  /**
   * For minibatches in which often only the first rows have a target: blocks without any are not
   * computed, and none is larger than it need be.
   *
   * @param classes V
   */
  public static SoftmaxObjective overFewRows(Workspace workspace, Signal input, int classes) {
    return overFewRows(workspace, workspace, input, classes, 0);
  }

  /**
   * As {@link #overFewRows(Workspace, Signal, int)}, tied or smoothed.
   *
   * @param table the workspace itself, or one that has the parameter {@code weight (V,H)} already
   *     and adds to its gradient, which the head is tied to
   * @param classes V
   * @param smoothing part of each target's probability that is spread over all classes
   */
  public static SoftmaxObjective overFewRows(
      Workspace workspace, Workspace table, Signal input, int classes, double smoothing) {
    if (table != workspace) {
      table.tie(WEIGHT);
    }
    var manner = new Manner(ClassWeights.none(), LEAST_ROWS, (float) smoothing);
    return new SoftmaxObjective(workspace, table, input, classes, manner);
  }

  /**
   * How losses count, and rows are worked.
   *
   * @param mostRows of a block
   * @param smoothing part of each target's probability that is spread over all classes
   */
  private record Manner(ClassWeights weights, int mostRows, float smoothing) {}

  /**
   * @param table where the parameter {@code weight} is; the workspace itself, or the embedding's
   */
  private SoftmaxObjective(
      Workspace workspace, Workspace table, Signal input, int classes, Manner manner) {
    this.table = table;
    this.isTied = table != workspace;
    this.classWeights = manner.weights;
    this.smoothing = manner.smoothing;
    this.elementwise = workspace.elementwise();
    this.classes = classes;
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    this.rows = input.values().length() / input.width();
    int blockRows = evenly(rows, Math.min(manner.mostRows, blockRows(rows, classes)));
    int width = input.width();
    this.weight = table.weight(workspace.plan(forward(blockRows, width)), WEIGHT);
    this.plainWeight = table.weight(WEIGHT);
    NativeBuffer gradient = workspace.gradientOperands((long) blockRows * classes);
    boolean inPlace = gradient.type() == ElementType.FLOAT32;
    this.tileRows = inPlace ? blockRows : evenly(blockRows, TILE_FLOATS / classes);
    NativeBuffer logits = inPlace ? gradient : workspace.floats((long) tileRows * classes);
    this.blocks = new Block[(rows + blockRows - 1) / blockRows];
    for (int i = 0; i < blocks.length; i++) {
      int from = i * blockRows;
      blocks[i] =
          block(
              workspace, input, logits, gradient, new Rows(from, Math.min(blockRows, rows - from)));
    }
  }

  /** Weight and bias, of V classes. */
  public static List<ParameterSpec> parameters(int inputs, int classes) {
    return List.of(
        new ParameterSpec(WEIGHT, List.of(inputs, classes), Initializer.glorot(inputs, classes)),
        bias(classes));
  }

  /** What a tied head has alone. */
  public static ParameterSpec bias(int classes) {
    return new ParameterSpec(BIAS, List.of(classes), Initializer.zeros());
  }

  /** {@code h W} of so many rows. */
  private Product forward(int rowCount, int width) {
    Product product = Product.of(rowCount, width, classes);
    return isTied ? product.withTransposedB() : product;
  }

  /** The gradient of the rows: {@code dL W'}. */
  private Matmul.Call inputGradient(
      Workspace workspace, NativeBuffer gradient, NativeBuffer ofInput, int rowCount, int width) {
    Product product = Product.of(rowCount, classes, width);
    return workspace
        .plan(isTied ? product : product.withTransposedB())
        .bind(gradient, plainWeight.values(), ofInput);
  }

  /** The gradient of W over a block: {@code h' dL}, or of its transpose {@code dL' h}. */
  private Matmul.Call weightGradient(
      Workspace workspace, NativeBuffer operand, NativeBuffer gradient, Rows rows, int width) {
    Product product =
        isTied
            ? Product.of(classes, rows.count, width).withTransposedA()
            : Product.of(width, rows.count, classes).withTransposedA();
    Matmul plan = workspace.plan(rows.from == 0 ? product : product.accumulating());
    NativeBuffer result = table.gradient(WEIGHT);
    return isTied ? plan.bind(gradient, operand, result) : plan.bind(operand, gradient, result);
  }

  /**
   * Rows of each block but the last: the blocks are as even as they can be. A function of shapes
   * alone, never of the machine, since it decides the order of sums.
   */
  static int blockRows(int rows, int classes) {
    return evenly(rows, Math.max(LEAST_ROWS, BLOCK_FLOATS / classes));
  }

  /** Rows of each part but the last, of parts as few and as even as they can be. */
  private static int evenly(int rows, int most) {
    int parts = (rows - 1) / Math.max(1, most) + 1;
    return (rows - 1) / parts + 1;
  }

  private Block block(
      Workspace workspace, Signal input, NativeBuffer logits, NativeBuffer gradient, Rows rows) {
    int width = input.width();
    NativeBuffer operand = input.operand().slice(rows.from * width, rows.count * width);
    NativeBuffer ofBlock = gradient.slice(0, rows.count * classes);
    var tiles = new ArrayList<Tile>();
    for (int at = 0; at < rows.count; at += tileRows) {
      int count = Math.min(tileRows, rows.count - at);
      NativeBuffer ofTile = gradient.slice(at * classes, count * classes);
      NativeBuffer scores = logits == gradient ? ofTile : logits.slice(0, count * classes);
      var whole =
          new Part(
              new Rows(rows.from + at, count), new SoftmaxRows(scores, bias, ofTile, biasGradient));
      tiles.add(
          new Tile(
              whole,
              workspace
                  .plan(forward(count, width))
                  .bind(operand.slice(at * width, count * width), weight.weights(), scores)));
    }
    NativeBuffer inputRows = input.gradient().slice(rows.from * width, rows.count * width);
    return new Block(
        rows,
        tiles,
        inputRows,
        inputGradient(workspace, ofBlock, inputRows, rows.count, width),
        weightGradient(workspace, operand, ofBlock, rows, width));
  }

  private List<Part> singly(Part whole) {
    var parts = new ArrayList<Part>();
    for (int i = 0; i < whole.rows.count; i++) {
      NativeBuffer logits = whole.softmax.logits().slice(i * classes, classes);
      NativeBuffer gradient = whole.softmax.gradient().slice(i * classes, classes);
      parts.add(
          new Part(
              new Rows(whole.rows.from + i, 1),
              new SoftmaxRows(logits, bias, gradient, biasGradient)));
    }
    return parts;
  }

  /** How much the losses of those rows count. */
  private double weight(Part part) {
    return classWeights.equal() ? 1 : classWeights.of(part.rows.from);
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    return lossAndGradient(minibatch, minibatch.targetCount());
  }

  /**
   * As {@link #lossAndGradient(Minibatch)}.
   *
   * @param targetCount over which the mean is
   */
  double lossAndGradient(Minibatch minibatch, int targetCount) {
    int[] targets = minibatch.targets();
    classWeights.begin(minibatch);
    weight.refresh();
    plainWeight.refresh();
    biasGradient.clear(0, classes);
    float scale = targetCount == 0 ? 0f : 1f / targetCount;
    double sum = 0;
    for (int b = 0; b < blocks.length; b++) {
      Block block = blocks[b];
      // The first one overwrites the gradient of the weight that the others add to.
      if (b > 0 && !hasTargets(block.rows, targets)) {
        block.inputRows.clear(0, block.inputRows.length());
        continue;
      }
      for (int i = 0; i < block.tiles.size(); i++) {
        Tile tile = block.tiles.get(i);
        tile.forward.run();
        List<Part> parts = tile.parts();
        for (int p = 0; p < parts.size(); p++) {
          Part part = parts.get(p);
          double counts = weight(part);
          sum +=
              counts
                  * elementwise.softmaxCrossEntropy(
                      part.softmax,
                      targets,
                      part.rows.from,
                      part.rows.count,
                      (float) (counts * scale),
                      smoothing);
        }
      }
      block.inputGradient.run();
      block.weightGradient.run();
    }
    return sum;
  }

  private static boolean hasTargets(Rows rows, int[] targets) {
    for (int row = rows.from; row < rows.from + rows.count; row++) {
      if (targets[row] >= 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    int[] targets = minibatch.targets();
    classWeights.begin(minibatch);
    weight.refresh();
    for (Block block : blocks) {
      for (int i = 0; i < block.tiles.size(); i++) {
        Tile tile = block.tiles.get(i);
        if (!hasTargets(tile.rows(), targets)) {
          continue;
        }
        tile.forward.run();
        if (classWeights.equal()) {
          addLosses(tile.whole, targets, sums);
        } else {
          addWeighted(tile, targets, sums);
        }
      }
    }
  }

  private void addLosses(Part part, int[] targets, double[] sums) {
    elementwise.crossEntropy(
        part.softmax.logits(), bias, targets, part.rows.from, part.rows.count, sums);
  }

  private void addWeighted(Tile tile, int[] targets, double[] sums) {
    List<Part> parts = tile.parts();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      rowLoss[0] = 0;
      addLosses(part, targets, rowLoss);
      sums[part.rows.from % sums.length] += weight(part) * rowLoss[0];
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
      for (int i = 0; i < block.tiles.size(); i++) {
        Tile tile = block.tiles.get(i);
        tile.forward.run();
        Rows rows = tile.rows();
        tile.whole.softmax.logits().read(0, logits, rows.from * classes, rows.count * classes);
      }
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] += bias.get(i % classes);
    }
  }
}
