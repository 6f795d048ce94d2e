package org.rondo.models.heads.ctc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.RowPasses.Rows;
import org.rondo.models.Loss;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.LinearProducts;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Connectionist temporal classification. Every step has a class, {@code p(t) = softmax(h W + b)},
 * one of which is the blank. A path, a class for each step, stands for the label that is left when
 * runs of one class become one symbol and blanks are taken away:
 *
 * <pre>
 *   p(label) = sum over the paths that stand for it of the product over t of p(t, path_t)
 *   loss     = -log p(label)
 *   dloss / dlogit(t,k) = p(t,k) - P(path_t = k | label)
 * </pre>
 *
 * <p>The sum over paths is that of {@link CtcAlignments}. The loss is summed over sequences, and
 * the mean is per symbol: {@link Loss#mean} is in nats per symbol of the labels. An empty label has
 * a loss, though it adds no symbol; a minibatch of nothing but empty labels changes no parameter. A
 * sequence without steps counts nothing. A label that needs more steps than its sequence has no
 * path, and is refused.
 *
 * <p>Parameters: {@code weight (H,K)} and {@code bias (K)}, of K classes, the last of which is the
 * blank.
 */
final class CtcObjective implements Objective {
  private static final String BIAS = "bias";

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final int classes;
  private final int blank;
  private final CtcDecoder decoder;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final LinearProducts products;

  /** {@code (T,B,K)}: h W, then the gradient of the logits. */
  private final NativeBuffer logits;

  private final NativeBuffer gradient;

  /** Each row of the logits. */
  private final SoftmaxRows[] softmax;

  private final Rows allLogits;
  private final Rows sumOfGradients;

  /** {@code (T*B)}, of blanks: the losses by which each row's softmax is normalized. */
  private final int[] blanks;

  private final double[] rowLoss = new double[1];
  private final CtcAlignments alignments = new CtcAlignments();

  /** {@code (T)}: the label of the sequence in work. */
  private final int[] label;

  private int labelLength;

  /**
   * @param classes K, at least 2
   * @param beam prefixes that a search keeps; 0 for the best path
   */
  CtcObjective(Workspace workspace, Signal input, int classes, int beam) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.classes = classes;
    this.blank = classes - 1;
    this.decoder = new CtcDecoder(workspace, classes, beam);
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    this.logits = workspace.floats((long) workspace.rows() * classes);
    this.gradient = workspace.gradientOperand(logits);
    this.products = new LinearProducts(workspace, input, logits, gradient);
    this.allLogits = Rows.of(logits, classes);
    this.sumOfGradients = Rows.one(biasGradient);
    this.softmax = new SoftmaxRows[workspace.rows()];
    for (int row = 0; row < softmax.length; row++) {
      NativeBuffer ofRow = logits.slice(row * classes, classes);
      softmax[row] = new SoftmaxRows(ofRow, bias, ofRow, biasGradient);
    }
    this.blanks = new int[workspace.rows()];
    Arrays.fill(blanks, blank);
    this.label = new int[workspace.steps()];
  }

  static List<ParameterSpec> parameters(int inputs, int classes) {
    return List.of(
        LinearProducts.parameter(inputs, classes),
        new ParameterSpec(BIAS, List.of(classes), Initializer.zeros()));
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    products.forward();
    int count = minibatch.targetCount();
    float scale = count == 0 ? 0f : 1f / count;
    double sum = 0;
    for (int b = 0; b < workspace.batch(); b++) {
      int length = workspace.lengths()[b];
      if (length > 0) {
        begin(minibatch, b, length);
        for (int t = 0; t < length; t++) {
          int row = row(t, b);
          normalize(t, elementwise.softmaxCrossEntropy(softmax[row], blanks, row, 1, scale));
        }
        sum += loss();
        alignments.backward();
        addGradient(b, length, scale);
      }
      for (int t = length; t < workspace.steps(); t++) {
        logits.clear(row(t, b) * classes, classes);
      }
    }
    biasGradient.clear(0, classes); // of sums that lack the paths
    elementwise.addRows(allLogits, sumOfGradients, workspace.rows(), classes);
    workspace.round(logits, gradient);
    products.backward();
    return sum;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    products.forward();
    for (int b = 0; b < workspace.batch(); b++) {
      int length = workspace.lengths()[b];
      if (length > 0) {
        begin(minibatch, b, length);
        for (int t = 0; t < length; t++) {
          int row = row(t, b);
          rowLoss[0] = 0;
          elementwise.crossEntropy(softmax[row].logits(), bias, blanks, row, 1, rowLoss);
          normalize(t, rowLoss[0]);
        }
        sums[b] += loss();
      }
    }
  }

  private int row(int t, int b) {
    return t * workspace.batch() + b;
  }

  /** Takes the label and the logits of a sequence, before a softmax uses them up. */
  private void begin(Minibatch minibatch, int b, int length) {
    loadLabel(minibatch, b, length);
    alignments.begin(length, label, labelLength);
    for (int t = 0; t < length; t++) {
      int at = row(t, b) * classes;
      alignments.set(t, CtcAlignments.BLANK, logit(at, blank));
      for (int u = 0; u < labelLength; u++) {
        alignments.set(t, u + 1, logit(at, label[u]));
      }
    }
  }

  private double logit(int at, int k) {
    return logits.get(at + k) + bias.get(k);
  }

  private void loadLabel(Minibatch minibatch, int b, int length) {
    labelLength = 0;
    for (int u = 0; u < minibatch.labels(); u++) {
      int symbol = minibatch.targets()[row(u, b)];
      if (symbol == blank) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "head ctc: label %d of sequence %d is class %d, the blank",
                u,
                b,
                blank));
      }
      if (symbol >= 0) {
        label[labelLength++] = symbol;
      }
    }
    int least = CtcHead.leastSteps(label, labelLength);
    if (least > length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "head ctc: the label of sequence %d, of %d symbols, needs %d steps, the sequence has"
                  + " %d",
              b,
              labelLength,
              least,
              length));
    }
  }

  /**
   * Makes log probabilities of the logits of step t.
   *
   * @param ofBlank {@code -log p} of the blank
   */
  private void normalize(int t, double ofBlank) {
    alignments.subtract(t, alignments.blank(t) + ofBlank);
  }

  /** Never below 0, as no probability is above 1 but for rounding. */
  private double loss() {
    double loss = -alignments.forward();
    return loss < 0 ? 0 : loss;
  }

  /** From the softmax less the blank of each step to the gradient. */
  private void addGradient(int b, int length, float scale) {
    for (int t = 0; t < length; t++) {
      int at = row(t, b) * classes;
      subtract(at + blank, scale * (alignments.probability(t, CtcAlignments.BLANK) - 1));
      for (int u = 0; u < labelLength; u++) {
        subtract(at + label[u], scale * alignments.probability(t, u + 1));
      }
    }
  }

  private void subtract(int at, double value) {
    logits.set(at, (float) (logits.get(at) - value));
  }

  @Override
  public int predictions() {
    return workspace.rows();
  }

  /** Of every step: U is T. */
  @Override
  public void logits(float[] values) {
    products.forward();
    logits.read(0, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] += bias.get(i % classes);
    }
  }

  @Override
  public void decode(int outputs, int[] symbols) {
    var scores = new float[workspace.rows() * classes];
    logits(scores);
    decoder.decode(scores, symbols);
  }
}
