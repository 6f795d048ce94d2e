package org.rondo.models.heads.decoder;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.Approximation;
import org.rondo.kernels.AttentionPasses.Attended;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.PerStep;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;

/**
 * Each step's mean of the encoder's outputs m, by the scores of an {@link AttentionKind}:
 *
 * <pre>
 *   a = softmax of the scaled scores over a sequence's own steps     context = sum over t of a m
 * </pre>
 *
 * <p>Backward, with dc the gradient of the context:
 *
 * <pre>
 *   da = dc m'     ds = scale a (da - sum over t of a da)     dm = sum over steps of a dc
 * </pre>
 */
final class Attention {
  private final AttentionPlace place;
  private final Elementwise elementwise;
  private final int steps;
  private final float scale;
  private final StepScores scores;
  private final NativeBuffer[] weights;
  private final NativeBuffer[] contexts;
  private final NativeBuffer[] contextOperands;
  private final NativeBuffer[] scoreGradients;
  private final Attended[] sums;
  private final Attended[] products;
  private final Attended allSteps;

  /**
   * @param input the encoder's outputs, {@code (T,B,D)}
   * @param context {@code (U,R,D)}: what is written, and its gradient
   */
  Attention(AttentionPlace place, AttentionKind kind, Signal input, Signal context) {
    this.place = place;
    this.elementwise = place.target().elementwise();
    this.steps = place.source().steps();
    this.scale = kind.scale(place.keys().width());
    this.scores =
        kind == AttentionKind.ADDITIVE ? new AdditiveScores(place) : new BilinearScores(place);
    int width = input.width();
    var values = new PerStep(context.values(), place.target());
    var operands = new PerStep(context.operand(), place.target());
    var gradients = new PerStep(context.gradient(), place.target());
    int count = place.target().steps();
    this.weights = new NativeBuffer[count];
    this.contexts = new NativeBuffer[count];
    this.contextOperands = new NativeBuffer[count];
    this.scoreGradients = new NativeBuffer[count];
    this.sums = new Attended[count];
    this.products = new Attended[count];
    for (int u = 0; u < count; u++) {
      weights[u] = place.weights().at(u);
      contexts[u] = values.at(u);
      contextOperands[u] = operands.at(u);
      scoreGradients[u] = place.scoreGradients().at(u);
      sums[u] = new Attended(input.values(), contexts[u], weights[u], width);
      products[u] = new Attended(input.values(), gradients.at(u), scoreGradients[u], width);
    }
    this.allSteps =
        new Attended(input.gradient(), context.gradient(), place.weights().all(), width);
  }

  static List<ParameterSpec> parameters(AttentionKind kind, int inputs, int units) {
    var all = new ArrayList<ParameterSpec>();
    all.addAll(AttentionKeys.parameters(kind, inputs, units));
    all.addAll(StepScores.parameters(kind, units));
    return all;
  }

  /** The weights of row r in step u. */
  void readWeights(int u, int row, float[] into) {
    weights[u].read(row * steps, into, 0, into.length);
  }

  void beginForward() {
    scores.beginForward();
  }

  /** From the states of step u to its context. */
  void forward(int u) {
    scores.forward(u);
    for (int row = 0; row < place.rows(); row++) {
      softmax(weights[u], row * steps, length(row), scale);
    }
    elementwise.memorySums(sums[u], place.rows(), place.lengths());
    place.target().round(contexts[u], contextOperands[u]);
  }

  private int length(int row) {
    return place.lengths()[row % place.lengths().length];
  }

  private static void softmax(NativeBuffer scores, int from, int count, float scale) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, scores.get(i));
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      float exponential = Approximation.exp(scale * (scores.get(i) - largest));
      scores.set(i, exponential);
      sum += exponential;
    }
    for (int i = from; i < from + count; i++) {
      scores.set(i, (float) (scores.get(i) / sum));
    }
  }

  void beginBackward() {
    scores.beginBackward();
  }

  /** From the gradient of step u's context: adds to that of its states. */
  void backward(int u) {
    elementwise.memoryProducts(products[u], place.rows(), place.lengths());
    for (int row = 0; row < place.rows(); row++) {
      softmaxGradient(weights[u], scoreGradients[u], row * steps, length(row), scale);
    }
    scores.backward(u);
  }

  private static void softmaxGradient(
      NativeBuffer weights, NativeBuffer gradients, int from, int count, float scale) {
    double mean = 0;
    for (int i = from; i < from + count; i++) {
      mean += (double) weights.get(i) * gradients.get(i);
    }
    for (int i = from; i < from + count; i++) {
      gradients.set(i, (float) (scale * weights.get(i) * (gradients.get(i) - mean)));
    }
  }

  /**
   * After step 0 ran backward: adds to the gradients of the encoder's outputs and of the keys, and
   * writes those of parameters.
   *
   * @param count steps that ran
   */
  void endBackward(int count) {
    elementwise.addToMemory(allSteps, count * place.rows(), place.lengths());
    scores.endBackward(count);
  }
}
