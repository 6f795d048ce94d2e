package org.rondo.models.heads;

import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.layers.EmbeddingTable;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Training of a {@linkplain SoftmaxObjective#tied tied} softmax over very many classes by S of them
 * that are drawn for each minibatch. With h a row of the input, t its target and W the table of the
 * embedding, the row's loss is
 *
 * <pre>
 *   -log softmax(z)[t]  over t and the drawn classes,   z(v) = h W[v] + b[v] - log(S q(v))
 * </pre>
 *
 * <p>where {@code q(v) = log((v+2)/(v+1)) / log(V+1)} is the probability that a draw gives class v:
 * classes are to be ordered by how often they occur, most frequent first. Draws are with
 * replacement, and one that hits a row's target counts nothing in that row. Of the table's gradient
 * only the rows of drawn classes and of targets are not zero. What is learned are the scores of the
 * full softmax, which evaluation and generation use; the loss of training is not comparable with
 * theirs.
 *
 * @see <a href="https://arxiv.org/abs/1412.2007">Jean, Cho, Memisevic and Bengio 2015</a>
 * @see <a href="https://doi.org/10.1109/TNN.2007.912312">Bengio and Senecal 2008</a>
 */
final class SampledSoftmax implements Objective {
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  /** The score of a draw that hit the target; far below any other, and no infinity. */
  private static final float NO_SCORE = -1e30f;

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final EmbeddingTable table;
  private final Signal input;
  private final int classes;
  private final int width;
  private final int rows;
  private final NativeBuffer weight;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final double logRange;

  /** The S classes of the minibatch in work. */
  private final int[] drawn;

  /** {@code (S+1,H)}: their rows of the table, and one of zeros for each row's target. */
  private final NativeBuffer candidates;

  private final NativeBuffer candidateOperand;
  private final NativeBuffer candidateGradient;

  /** {@code (rows,S+1)} scores and their gradient, {@code (S+1)} biases and theirs. */
  private final SoftmaxRows scores;

  /** The column of each row's target, or none. */
  private final int[] columns;

  private final Matmul.Call forward;
  private final Matmul.Call ofInput;
  private final Matmul.Call ofCandidates;

  /**
   * The bias of all classes, which begins with {@code log q(v)}: a rare class is drawn so seldom
   * that its score would otherwise take very many minibatches to come down from that of a frequent
   * one.
   */
  static ParameterSpec bias(int classes) {
    double logRange = logRange(classes);
    return new ParameterSpec(
        BIAS,
        List.of(classes),
        (values, random) -> {
          for (int v = 0; v < values.length; v++) {
            values[v] = (float) logProbability(v, logRange);
          }
        });
  }

  private static double logRange(int classes) {
    return StrictMath.log(classes + 1.0);
  }

  private static double logProbability(int v, double logRange) {
    return StrictMath.log(StrictMath.log((v + 2.0) / (v + 1.0)) / logRange);
  }

  SampledSoftmax(Workspace workspace, Signal input, int classes, int samples) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.classes = classes;
    this.width = input.width();
    this.rows = input.values().length() / width;
    this.logRange = logRange(classes);
    this.drawn = new int[samples];
    this.columns = new int[rows];
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    Workspace embedding = workspace.ofNetwork(InputLayerSpec.EMBEDDING);
    this.weight = embedding.parameter(WEIGHT);
    this.table = new EmbeddingTable(embedding, width);
    embedding.tieRows(WEIGHT, samples + rows);
    int all = samples + 1;
    this.candidates = workspace.floats((long) all * width);
    this.candidateOperand = workspace.operand(candidates);
    this.candidateGradient = workspace.floats((long) all * width);
    NativeBuffer gradient = workspace.operands((long) rows * all);
    NativeBuffer logits =
        gradient.type() == ElementType.FLOAT32 ? gradient : workspace.floats((long) rows * all);
    this.scores = new SoftmaxRows(logits, workspace.floats(all), gradient, workspace.floats(all));
    this.forward =
        workspace
            .plan(Product.of(rows, width, all).withTransposedB())
            .bind(input.operand(), candidateOperand, logits);
    this.ofInput =
        workspace
            .plan(Product.of(rows, all, width))
            .bind(gradient, candidateOperand, input.gradient());
    this.ofCandidates =
        workspace
            .plan(Product.of(all, rows, width).withTransposedA())
            .bind(gradient, input.operand(), candidateGradient);
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    return lossAndGradient(minibatch, CounterRandom.of(0), 0);
  }

  @Override
  public double lossAndGradient(Minibatch minibatch, CounterRandom random, long step) {
    int[] targets = minibatch.targets();
    draw(random.derive("samples"));
    forward.run();
    score(targets);
    scores.biasGradient().clear(0, scores.biasGradient().length());
    int count = minibatch.targetCount();
    float scale = count == 0 ? 0f : 1f / count;
    double sum = elementwise.softmaxCrossEntropy(scores, columns, 0, rows, scale);
    ofInput.run();
    ofCandidates.run();
    spread(targets);
    return sum;
  }

  private void draw(CounterRandom random) {
    for (int j = 0; j < drawn.length; j++) {
      int v = (int) StrictMath.exp(random.uniform(j) * logRange) - 1;
      drawn[j] = Math.min(v, classes - 1);
      candidates.copy(j * width, weight, drawn[j] * width, width);
      scores.bias().set(j, bias.get(drawn[j]) - logExpected(drawn[j]));
    }
    workspace.round(candidates, candidateOperand);
  }

  /** The logarithm of how often a class is drawn for a minibatch. */
  private float logExpected(int v) {
    return (float) (StrictMath.log(drawn.length) + logProbability(v, logRange));
  }

  /** Writes the score of each row's target behind those of the drawn classes. */
  private void score(int[] targets) {
    int all = drawn.length + 1;
    for (int row = 0; row < rows; row++) {
      int target = targets[row];
      columns[row] = target < 0 ? Minibatch.NO_TARGET : drawn.length;
      if (target < 0) {
        continue;
      }
      double score = bias.get(target) - logExpected(target);
      for (int i = 0; i < width; i++) {
        score += (double) input.values().get(row * width + i) * weight.get(target * width + i);
      }
      scores.logits().set(row * all + drawn.length, (float) score);
      for (int j = 0; j < drawn.length; j++) {
        if (drawn[j] == target) {
          scores.logits().set(row * all + j, NO_SCORE);
        }
      }
    }
  }

  /** Adds what drawn classes and targets have to the gradients of table, bias and input. */
  private void spread(int[] targets) {
    table.clearRows();
    biasGradient.clear(0, classes);
    for (int j = 0; j < drawn.length; j++) {
      table.add(drawn[j], 1f, candidateGradient, j);
      add(biasGradient, drawn[j], scores.biasGradient().get(j));
    }
    for (int row = 0; row < rows; row++) {
      int target = targets[row];
      if (target < 0) {
        continue;
      }
      float own = ownGradient(row);
      table.add(target, own, input.values(), row);
      add(biasGradient, target, own);
      for (int i = 0; i < width; i++) {
        add(input.gradient(), row * width + i, own * weight.get(target * width + i));
      }
    }
  }

  private static void add(NativeBuffer values, int at, float more) {
    values.set(at, values.get(at) + more);
  }

  /** The gradient of the score of a row's target. */
  private float ownGradient(int row) {
    NativeBuffer gradient = scores.gradient();
    int at = row * (drawn.length + 1) + drawn.length;
    return gradient.type() == ElementType.FLOAT32
        ? gradient.get(at)
        : Float.intBitsToFloat(gradient.bytes().getShort(at * Short.BYTES) << Short.SIZE);
  }

  /**
   * @throws IllegalStateException always: networks that evaluate have the full softmax
   */
  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    throw noEvaluation();
  }

  @Override
  public int predictions() {
    return rows;
  }

  /**
   * @throws IllegalStateException always: networks that evaluate have the full softmax
   */
  @Override
  public void logits(float[] logits) {
    throw noEvaluation();
  }

  private static IllegalStateException noEvaluation() {
    return new IllegalStateException(
        "head language-model: a network that trains by samples of its classes does not evaluate;"
            + " build another one for that");
  }
}
