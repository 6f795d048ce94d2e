package org.rondo.models;

import java.util.List;
import org.rondo.kernels.CounterRandom;

/** A {@link Head} with its buffers, over one minibatch after another. */
public interface Objective {
  /**
   * Loss of the input signal's values; writes the input signal's gradient and the gradients of the
   * head's parameters, both of the mean over targets.
   *
   * @param minibatch of which its targets are read
   * @return sum over targets: of -log p, in nats, or of whatever loss the head has
   */
  double lossAndGradient(Minibatch minibatch);

  /**
   * As {@link #lossAndGradient(Minibatch)}, for a head that has dropout, or learns otherwise at
   * first than later.
   *
   * @param random numbers of this minibatch
   * @param step minibatches that were trained before it
   */
  default double lossAndGradient(Minibatch minibatch, CounterRandom random, long step) {
    return lossAndGradient(minibatch);
  }

  /**
   * Loss without gradient.
   *
   * @param minibatch of which its targets are read
   * @param sums {@code (B)}: each sequence's sum over its targets is added
   */
  void loss(Minibatch minibatch, double[] sums);

  /** Number of predictions: T*B of a head with one for each step, U*B of one of labels. */
  int predictions();

  /**
   * The scores before the softmax, or the values that are predicted.
   *
   * @param logits {@code (predictions,outputs)}; overwritten; empty if {@link Head#scoresClasses}
   *     is false
   */
  void logits(float[] logits);

  /**
   * The classes that are predicted, of a head that predicts classes: by default the one of largest
   * logit in each prediction by itself, the lowest of equal ones. A head whose predictions depend
   * on one another overrides it.
   *
   * @param outputs number of classes
   * @param classes {@code (predictions)}; overwritten; what stands in padding means nothing
   */
  default void decode(int outputs, int[] classes) {
    var logits = new float[Math.multiplyExact(classes.length, outputs)];
    logits(logits);
    largest(logits, outputs, classes);
  }

  /**
   * What a search found for a sequence when {@link #decode} ran last, best first; nothing of a head
   * that does not search.
   */
  default List<Hypothesis> hypotheses(int b) {
    return List.of();
  }

  /**
   * Turns logits into scores of each prediction by itself: their softmax is the probability of each
   * class, whatever the other predictions are. By default they are that. A head whose predictions
   * depend on one another overrides it.
   *
   * @param logits {@code (predictions,outputs)} of {@link #logits}; overwritten
   */
  default void marginals(float[] logits) {}

  /**
   * The largest score of each row, the first of equal ones.
   *
   * @param scores {@code (N,outputs)}
   * @param classes {@code (N)}; overwritten
   */
  static void largest(float[] scores, int outputs, int[] classes) {
    for (int row = 0; row < classes.length; row++) {
      int best = row * outputs;
      for (int at = best + 1; at < (row + 1) * outputs; at++) {
        best = scores[at] > scores[best] ? at : best;
      }
      classes[row] = best - row * outputs;
    }
  }
}
