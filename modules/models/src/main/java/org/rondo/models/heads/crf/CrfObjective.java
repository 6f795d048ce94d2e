package org.rondo.models.heads.crf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Elementwise;
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
 * The tags of a whole sequence, by a linear-chain conditional random field:
 *
 * <pre>
 *   score(y) = start(y_0) + sum over t of s(t,y_t) + sum over t of A(y_t-1,y_t) + end(y_n-1)
 *   p(y)     = exp(score(y)) / Z     loss = -log p(y)     s = h W + b
 * </pre>
 *
 * <p>Backward: the gradient of every score is the number of times that it is expected in a sequence
 * less the number of times that it stands in the targets. Where some steps of a sequence have no
 * target, the loss is that of all tags that they could have, {@code -log sum of p(y)} over the y
 * that agree with the targets, and the second number is an expectation too. A sequence without
 * targets counts nothing.
 *
 * <p>The loss is summed over sequences, and the mean is per target: {@link Loss#mean} is in nats
 * per tagged step. A sequence is what a minibatch holds of it: where one is cut, every part has a
 * first and a last tag of its own.
 *
 * <p>Parameters: {@code weight (H,K)}, {@code bias (K)} and those of {@link TagScores}.
 */
final class CrfObjective implements Objective {
  private static final String BIAS = "bias";

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final int tags;
  private final TagScores tagScores;
  private final IllegalTransitions illegal;
  private final NativeBuffer bias;
  private final NativeBuffer biasGradient;
  private final LinearProducts products;

  /** {@code (T,B,K)}: h W, then the gradient of the emissions. */
  private final NativeBuffer emissions;

  private final NativeBuffer gradient;

  /** Each sequence's rows of the emissions. */
  private final List<Rows> sequences = new ArrayList<>();

  private final Rows oneBias;
  private final Rows allEmissions;
  private final Rows sumOfGradients;

  /** All tags are possible. */
  private final TagChain free;

  /** Only those tags that agree with the targets are possible. */
  private final TagChain clamped;

  /** {@code (T)}: the targets of the sequence in work. */
  private final int[] path;

  CrfObjective(Workspace workspace, Signal input, IllegalTransitions illegal) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.illegal = illegal;
    this.tags = illegal.tags();
    this.tagScores = new TagScores(workspace, illegal);
    this.bias = workspace.parameter(BIAS);
    this.biasGradient = workspace.gradient(BIAS);
    this.emissions = workspace.floats((long) workspace.rows() * tags);
    this.oneBias = Rows.one(bias);
    this.allEmissions = Rows.of(emissions, tags);
    this.sumOfGradients = Rows.one(biasGradient);
    this.gradient = workspace.gradientOperand(emissions);
    this.products = new LinearProducts(workspace, input, emissions, gradient);
    this.free = new TagChain(workspace, tagScores);
    this.clamped = new TagChain(workspace, tagScores);
    this.path = new int[workspace.steps()];
    for (int b = 0; b < workspace.batch(); b++) {
      sequences.add(new Rows(emissions, b * tags, workspace.batch() * tags));
    }
  }

  static List<ParameterSpec> parameters(int inputs, int tags) {
    var all = new ArrayList<ParameterSpec>();
    all.add(LinearProducts.parameter(inputs, tags));
    all.add(new ParameterSpec(BIAS, List.of(tags), Initializer.zeros()));
    all.addAll(TagScores.parameters(tags));
    return all;
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    products.forward();
    tagScores.refresh();
    tagScores.clearGradients();
    int count = minibatch.targetCount();
    float scale = count == 0 ? 0f : 1f / count;
    double sum = 0;
    for (int b = 0; b < workspace.batch(); b++) {
      int length = workspace.lengths()[b];
      int targets = loadPath(minibatch, b, length);
      if (targets > 0) {
        sum += loss(b, length, targets);
      }
      clearGradient(b);
      if (targets > 0) {
        addGradient(b, length, targets, scale);
      }
    }
    tagScores.clearIllegalGradients();
    biasGradient.clear(0, tags);
    elementwise.addRows(allEmissions, sumOfGradients, workspace.rows(), tags);
    workspace.round(emissions, gradient);
    products.backward();
    return sum;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    products.forward();
    tagScores.refresh();
    for (int b = 0; b < workspace.batch(); b++) {
      int length = workspace.lengths()[b];
      int targets = loadPath(minibatch, b, length);
      if (targets > 0) {
        sums[b] += loss(b, length, targets);
      }
    }
  }

  /** Takes the targets of a sequence; the number of those that count. */
  private int loadPath(Minibatch minibatch, int b, int length) {
    int count = 0;
    for (int t = 0; t < length; t++) {
      path[t] = minibatch.targets()[t * workspace.batch() + b];
      count += path[t] >= 0 ? 1 : 0;
    }
    illegal.requireLegal(path, length, b);
    return count;
  }

  private double loss(int b, int length, int targets) {
    free.load(sequences.get(b), oneBias, length);
    double logZ = free.lookAhead(length);
    if (targets == length) {
      return free.loss(path, length);
    }
    clamped.load(sequences.get(b), oneBias, length);
    for (int t = 0; t < length; t++) {
      if (path[t] >= 0) {
        clamped.allowOnly(path[t], t);
      }
    }
    double ofTargets = clamped.lookAhead(length);
    if (ofTargets < logZ + IllegalTransitions.PENALTY / 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "head crf: no tags that agree with the targets of sequence %d are legal by option illegal",
              b));
    }
    return Math.max(0, logZ - ofTargets); // two rounded numbers, which may be equal
  }

  private void clearGradient(int b) {
    for (int row = b; row < workspace.rows(); row += workspace.batch()) {
      emissions.clear(row * tags, tags);
    }
  }

  /** After {@link #loss} of the same sequence. */
  private void addGradient(int b, int length, int targets, float scale) {
    Rows all = sequences.get(b);
    elementwise.addRows(free.count(length, scale), all, length, tags);
    if (targets == length) {
      subtractTargets(all, length, scale);
    } else {
      elementwise.addRows(clamped.count(length, -scale), all, length, tags);
    }
    tagScores.addEndGradient(emissions, all.at(length - 1));
  }

  private void subtractTargets(Rows all, int length, float scale) {
    for (int t = 0; t < length; t++) {
      subtract(emissions, all.at(t) + path[t], scale);
      if (t == 0) {
        subtract(tagScores.first().counts(), path[0], scale);
      } else {
        subtract(tagScores.between().counts(), path[t - 1] * tags + path[t], scale);
      }
    }
  }

  private static void subtract(NativeBuffer counts, int at, float scale) {
    counts.set(at, counts.get(at) - scale);
  }

  @Override
  public int predictions() {
    return workspace.rows();
  }

  /** The emissions. */
  @Override
  public void logits(float[] logits) {
    products.forward();
    emissions.read(0, logits, 0, logits.length);
    for (int i = 0; i < logits.length; i++) {
      logits[i] += bias.get(i % tags);
    }
  }

  /** The logarithms of {@link TagMarginals}. */
  @Override
  public void marginals(float[] logits) {
    tagScores.refresh();
    var marginals = new TagMarginals(tagScores, workspace.steps());
    for (int b = 0; b < workspace.batch(); b++) {
      marginals.replace(logits, b, workspace.batch(), workspace.lengths()[b]);
    }
  }

  /** The tags of highest score of each whole sequence, by {@link Viterbi}. */
  @Override
  public void decode(int outputs, int[] classes) {
    var logits = new float[workspace.rows() * tags];
    logits(logits);
    tagScores.refresh();
    var viterbi = new Viterbi(tagScores, workspace.steps());
    for (int b = 0; b < workspace.batch(); b++) {
      viterbi.decode(logits, classes, b, workspace.batch(), workspace.lengths()[b]);
    }
  }
}
