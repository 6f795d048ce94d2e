package org.rondo.bench.memory;

import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

/**
 * A symbol, distractors, and a question: which symbol was it? The one target of a sequence is at
 * its last step, so that only gradients which reach all the way back can teach anything.
 *
 * @param distance steps from the symbol to the question
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber 1997</a> for
 *     tasks of this kind
 */
record RecallTask(int distance) {
  /** What may have to be remembered: ids below it. */
  static final int SYMBOLS = 8;

  private static final int DISTRACTORS = 8;
  private static final int QUESTION = SYMBOLS + DISTRACTORS;

  /** Number of ids. */
  static final int VOCABULARY = QUESTION + 1;

  /** T of its minibatches. */
  int steps() {
    return distance + 1;
  }

  /** Draws a sequence for each of the minibatch's. */
  void fill(Minibatch minibatch, CounterRandom random) {
    int batch = minibatch.batch();
    int[] inputs = minibatch.inputs();
    int question = distance * batch;
    for (int b = 0; b < batch; b++) {
      inputs[b] = (int) (random.uniform(b) * SYMBOLS);
      inputs[question + b] = QUESTION;
      minibatch.targets()[question + b] = inputs[b];
    }
    for (int i = batch; i < question; i++) {
      inputs[i] = SYMBOLS + (int) (random.uniform(i) * DISTRACTORS);
    }
  }
}
