package org.rondo.models.heads;

import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.LinearProducts;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * O values for every row of the input, {@code y = h W + b}, each with a {@link ValueLoss}, of which
 * the mean counts. Where there are Q losses, values are Q blocks of equal width, each with its own:
 *
 * <pre>
 *   loss = sum over j of l_q(y_j, target_j) / O,  q = floor(j Q / O)
 * </pre>
 *
 * <p>Backward, of the mean over the n targets that count:
 *
 * <pre>
 *   dy = l_q'(y, target) / (O n), 0 in rows without target
 *   dh = dy W'     dW = h' dy     db = sum over rows of dy
 * </pre>
 *
 * <p>A target may hold notes behind its O values: numbers that go with it to the metrics, and of
 * which nothing is predicted or learned. Predictions are as wide as targets then, with zeros there.
 *
 * <p>Loss and dy of a row are multiplied by the weight of its sequence ({@link Minibatch#weights}).
 *
 * <p>Parameters: {@code weight (H,O)} and {@code bias (O)}. Predictions are held for all rows at
 * once: unlike classes, values are few.
 */
final class ValuesObjective implements Objective {
  private static final String BIAS = "bias";

  private final Workspace workspace;
  private final int outputs;

  /** Numbers of a target: its values and its notes. */
  private final int width;

  private final List<ValueLoss> losses;

  /** Values that have the same loss, O / Q. */
  private final int block;

  private final int rows;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final LinearProducts products;

  /** {@code (rows,O)}: h W, then dy. */
  private final NativeBuffer predictions;

  private final NativeBuffer gradient;

  /**
   * @param outputs O
   * @param notes numbers behind the values of a target
   * @param losses of each block of values; their number divides O
   */
  ValuesObjective(
      Workspace workspace, Signal input, int outputs, int notes, List<? extends ValueLoss> losses) {
    this.workspace = workspace;
    this.outputs = outputs;
    this.width = outputs + notes;
    this.losses = List.copyOf(losses);
    this.block = outputs / losses.size();
    this.rows = input.values().length() / input.width();
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    this.predictions = workspace.floats((long) rows * outputs);
    this.gradient = workspace.gradientOperand(predictions);
    this.products = new LinearProducts(workspace, input, predictions, gradient);
  }

  static List<ParameterSpec> parameters(int inputs, int outputs) {
    return List.of(
        LinearProducts.parameter(inputs, outputs),
        new ParameterSpec(BIAS, List.of(outputs), Initializer.zeros()));
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    products.forward();
    biasGradient.clear(0, outputs);
    int count = minibatch.targetCount();
    float scale = count == 0 ? 0f : 1f / ((float) outputs * count);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      if (minibatch.targets()[row] < 0) {
        predictions.clear(row * outputs, outputs);
      } else {
        sum += loss(minibatch, row);
        toGradient(minibatch, row, scale * weight(minibatch, row));
      }
    }
    workspace.round(predictions, gradient);
    products.backward();
    return sum;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    products.forward();
    for (int row = 0; row < rows; row++) {
      if (minibatch.targets()[row] >= 0) {
        sums[row % sums.length] += loss(minibatch, row);
      }
    }
  }

  private double loss(Minibatch minibatch, int row) {
    double sum = 0;
    for (int j = 0; j < outputs; j++) {
      sum += loss(j).of(predicted(row, j), minibatch.valueTargets()[row * width + j]);
    }
    return weight(minibatch, row) * sum / outputs;
  }

  private static float weight(Minibatch minibatch, int row) {
    return minibatch.weights()[row % minibatch.batch()];
  }

  private void toGradient(Minibatch minibatch, int row, float scale) {
    for (int j = 0; j < outputs; j++) {
      float target = minibatch.valueTargets()[row * width + j];
      float slope = scale * loss(j).slope(predicted(row, j), target);
      predictions.set(row * outputs + j, slope);
      biasGradient.set(j, biasGradient.get(j) + slope);
    }
  }

  private ValueLoss loss(int j) {
    return losses.get(j / block);
  }

  private float predicted(int row, int j) {
    return predictions.get(row * outputs + j) + bias.get(j);
  }

  @Override
  public int predictions() {
    return rows;
  }

  @Override
  public void logits(float[] logits) {
    products.forward();
    for (int i = 0; i < logits.length; i++) {
      int j = i % width;
      logits[i] = j < outputs ? predicted(i / width, j) : 0;
    }
  }
}
