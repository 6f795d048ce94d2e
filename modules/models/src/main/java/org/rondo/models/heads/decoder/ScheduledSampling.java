package org.rondo.models.heads.decoder;

import org.rondo.kernels.Approximation;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.HeadSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * What stands before each label in training: the right label, or one that the decoder draws itself
 * from what it makes of the labels before, as it will have to when it writes. Of i minibatches
 * trained, a label is right with probability
 *
 * <pre>
 *   k / (k + exp(i / k))
 * </pre>
 *
 * (inverse sigmoid decay): nearly always at first, every other time after k ln k. Draws are made
 * without dropout, and are constants to the gradient. They are functions of the minibatch's random
 * numbers, so that they are the same wherever and whenever it is trained.
 *
 * @see <a href="https://arxiv.org/abs/1506.03099">Bengio et al. 2015</a>, section 2.4
 */
final class ScheduledSampling {
  private final SingleStep decoder;
  private final double decay;
  private final int batch;
  private final int classes;
  private final float[] state;
  private final int[] labels;
  private final float[] weights;

  /**
   * @param source the encoder's workspace, {@code (T,B)}
   * @param input the encoder's outputs
   * @param plan whose k is at least 1
   */
  ScheduledSampling(
      Workspace source, Signal input, AttentionKeys keys, DecoderPlan plan, HeadSpec spec) {
    this.batch = source.batch();
    this.classes = spec.outputs();
    this.decay = plan.sampling();
    this.decoder = new SingleStep(source, input, keys, plan, spec, batch);
    this.state = new float[decoder.stateLength()];
    this.labels = new int[batch];
    this.weights = new float[classes];
  }

  /** With what probability a label is right. */
  static double right(double decay, long step) {
    return decay / (decay + StrictMath.exp(step / decay));
  }

  /**
   * Replaces labels by drawn ones.
   *
   * @param before {@code (U,B)}: what stands before each label
   * @param lengths {@code (B)}: labels of each sequence
   * @param count of the longest
   * @param first the state of all layers before the first label; not modified
   * @param key of random numbers of this minibatch
   * @param step minibatches that were trained before
   */
  void draw(int[] before, int[] lengths, int count, float[] first, long key, long step) {
    var random = new CounterRandom(key);
    double right = right(decay, step);
    System.arraycopy(first, 0, state, 0, state.length);
    decoder.begin();
    for (int u = 1; u < count; u++) {
      System.arraycopy(before, (u - 1) * batch, labels, 0, batch);
      decoder.run(state, labels, state);
      for (int b = 0; b < batch; b++) {
        long row = (long) u * batch + b;
        if (u < lengths[b] && random.uniform(2 * row) >= right) {
          before[u * batch + b] = drawn(b, random.uniform(2 * row + 1));
        }
      }
    }
  }

  /**
   * The label at which the sum of probabilities passes a number.
   *
   * @param number uniform in [0,1)
   */
  private int drawn(int row, double number) {
    NativeBuffer logits = decoder.logits();
    NativeBuffer bias = decoder.bias();
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      weights[c] = logits.get(row * classes + c) + bias.get(c);
      largest = Math.max(largest, weights[c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      weights[c] = Approximation.exp(weights[c] - largest);
      sum += weights[c];
    }
    double passed = 0;
    int label = 0;
    for (int c = 0; c < classes && passed <= number * sum; c++) {
      passed += weights[c];
      label = c;
    }
    return label;
  }
}
