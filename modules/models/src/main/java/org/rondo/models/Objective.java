package org.rondo.models;

/** A {@link Head} with its buffers, over one minibatch after another. */
public interface Objective {
  /**
   * Loss of the input signal's values; writes the input signal's gradient and the gradients of the
   * head's parameters, both of the mean over targets.
   *
   * @param targets {@code (T,B)}, negative where nothing counts
   * @param targetCount how many count
   * @return sum over targets of -log p, in nats
   */
  double lossAndGradient(int[] targets, int targetCount);

  /**
   * Loss without gradient.
   *
   * @param sums {@code (B)}: each sequence's sum of -log p, in nats, is added
   */
  void loss(int[] targets, double[] sums);

  /** How many it makes: T*B of one for each step, B of one for each sequence. */
  int predictions();

  /**
   * The scores before the softmax.
   *
   * @param logits {@code (predictions,outputs)}; overwritten
   */
  void logits(float[] logits);
}
