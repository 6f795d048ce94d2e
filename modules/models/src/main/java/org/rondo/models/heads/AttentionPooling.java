package org.rondo.models.heads;

import java.util.List;
import org.rondo.kernels.Approximation;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.Product;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.PackedWeight;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A mean over a sequence's steps whose weights are learned:
 *
 * <pre>
 *   u = tanh(h W + b)     score = u v
 *   a = softmax of the scores over the sequence's steps
 *   output = sum over steps of a h
 * </pre>
 *
 * <p>Backward, with g the gradient of the output:
 *
 * <pre>
 *   da = g h     ds = a (da - sum over steps of a da)     dv = sum of ds u
 *   dz = ds v (1 - u^2)     dW = h' dz     db = sum of dz     dh = a g + dz W'
 * </pre>
 *
 * <p>Parameters: {@code attention_weight (H,H)}, {@code attention_bias (H)} and {@code
 * attention_vector (H)}.
 *
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau, Cho and Bengio 2015</a>
 * @see <a href="https://aclanthology.org/N16-1174">Yang et al. 2016</a>
 */
final class AttentionPooling implements Pooling {
  private static final String WEIGHT = "attention_weight";
  private static final String BIAS = "attention_bias";
  private static final String VECTOR = "attention_vector";

  private final Workspace workspace;
  private final Signal input;
  private final Signal output;
  private final int width;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final NativeBuffer vector;
  private final NativeBuffer vectorGradient;

  /** {@code (T,B,H)}: u, then dz. */
  private final NativeBuffer hidden;

  private final NativeBuffer hiddenOperand;

  /** {@code (T,B)}: scores, then weights; not those of padding. */
  private final float[] weights;

  private final float[] scoreGradients;
  private final PackedWeight weight;
  private final PackedWeight transposedWeight;
  private final Matmul.Call project;
  private final Matmul.Call inputGradient;
  private final Matmul.Call weightGradient;

  AttentionPooling(Workspace workspace, Signal input) {
    this.workspace = workspace;
    this.input = input;
    this.width = input.width();
    this.output = workspace.signalPerSequence(width);
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    this.vector = workspace.parameter(VECTOR);
    this.vectorGradient = workspace.gradient(VECTOR);
    int rows = workspace.rows();
    this.hidden = workspace.floats((long) rows * width);
    this.hiddenOperand = workspace.gradientOperand(hidden);
    this.weights = new float[rows];
    this.scoreGradients = new float[rows];
    Matmul forward = workspace.plan(Product.of(rows, width, width));
    this.weight = workspace.weight(forward, WEIGHT);
    this.project = forward.bind(input.operand(), weight.weights(), hidden);
    Matmul backward =
        workspace.plan(Product.of(rows, width, width).withTransposedB().accumulating());
    this.transposedWeight = workspace.weight(backward, WEIGHT);
    this.inputGradient = backward.bind(hiddenOperand, transposedWeight.weights(), input.gradient());
    this.weightGradient =
        workspace
            .plan(Product.of(width, rows, width).withTransposedA())
            .bind(input.operand(), hiddenOperand, workspace.gradient(WEIGHT));
  }

  static List<ParameterSpec> parameters(int inputs) {
    return List.of(
        new ParameterSpec(WEIGHT, List.of(inputs, inputs), Initializer.glorot(inputs, inputs)),
        new ParameterSpec(BIAS, List.of(inputs), Initializer.zeros()),
        new ParameterSpec(VECTOR, List.of(inputs), Initializer.glorot(inputs, 1)));
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    weight.refresh();
    project.run();
    for (int row = 0; row < workspace.rows(); row++) {
      if (!workspace.isPadding(row)) {
        weights[row] = score(row);
      }
    }
    output.values().clear(0, output.values().length());
    for (int b = 0; b < workspace.batch(); b++) {
      softmax(b);
      for (int row = b; row < end(b); row += workspace.batch()) {
        addWeighted(row, b);
      }
    }
  }

  private float score(int row) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      int at = row * width + j;
      float u = Approximation.tanh(hidden.get(at) + bias.get(j));
      hidden.set(at, u);
      sum += (double) u * vector.get(j);
    }
    return (float) sum;
  }

  private void softmax(int b) {
    int batch = workspace.batch();
    float largest = Float.NEGATIVE_INFINITY;
    for (int row = b; row < end(b); row += batch) {
      largest = Math.max(largest, weights[row]);
    }
    double sum = 0;
    for (int row = b; row < end(b); row += batch) {
      weights[row] = Approximation.exp(weights[row] - largest);
      sum += weights[row];
    }
    for (int row = b; row < end(b); row += batch) {
      weights[row] = (float) (weights[row] / sum);
    }
  }

  private void addWeighted(int row, int b) {
    NativeBuffer sum = output.values();
    for (int j = 0; j < width; j++) {
      int to = b * width + j;
      sum.set(to, Math.fma(weights[row], input.values().get(row * width + j), sum.get(to)));
    }
  }

  /** The first row of sequence b that is padding, or beyond all rows. */
  private int end(int b) {
    return workspace.lengths()[b] * workspace.batch() + b;
  }

  @Override
  public void backward() {
    transposedWeight.refresh();
    for (int b = 0; b < workspace.batch(); b++) {
      scoreGradients(b);
    }
    vectorGradient.clear(0, width);
    biasGradient.clear(0, width);
    for (int row = 0; row < workspace.rows(); row++) {
      if (workspace.isPadding(row)) {
        hidden.clear(row * width, width);
        input.gradient().clear(row * width, width);
      } else {
        backward(row);
      }
    }
    workspace.round(hidden, hiddenOperand);
    inputGradient.run();
    weightGradient.run();
  }

  private void scoreGradients(int b) {
    int batch = workspace.batch();
    double mean = 0;
    for (int row = b; row < end(b); row += batch) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += (double) output.gradient().get(b * width + j) * input.values().get(row * width + j);
      }
      scoreGradients[row] = (float) sum;
      mean += sum * weights[row];
    }
    for (int row = b; row < end(b); row += batch) {
      scoreGradients[row] = (float) (weights[row] * (scoreGradients[row] - mean));
    }
  }

  private void backward(int row) {
    float ds = scoreGradients[row];
    int b = row % workspace.batch();
    for (int j = 0; j < width; j++) {
      int at = row * width + j;
      float u = hidden.get(at);
      float dz = ds * vector.get(j) * (1 - u * u);
      hidden.set(at, dz);
      biasGradient.set(j, biasGradient.get(j) + dz);
      vectorGradient.set(j, Math.fma(ds, u, vectorGradient.get(j)));
      input.gradient().set(at, weights[row] * output.gradient().get(b * width + j));
    }
  }
}
