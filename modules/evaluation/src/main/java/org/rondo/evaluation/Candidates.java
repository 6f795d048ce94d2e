package org.rondo.evaluation;

import java.util.BitSet;
import org.rondo.models.HiddenState;
import org.rondo.models.Network;

/**
 * The logits of the next token as generation looks at them: those of tokens that the text holds
 * already are made less likely by a penalty, divided by it where they are above 0, else multiplied.
 *
 * @see <a href="https://arxiv.org/abs/1909.05858">Keskar et al. 2019</a>, the penalty
 */
final class Candidates {
  private final float[] logits;
  private final float penalty;
  private final int excluded;
  private final int[] input = new int[1];
  private final BitSet seen = new BitSet();

  /**
   * @param classes of the network
   * @param penalty at least 1; 1 changes nothing
   * @param excluded an id that is never written
   */
  Candidates(int classes, double penalty, int excluded) {
    this.logits = new float[classes];
    this.penalty = (float) penalty;
    this.excluded = excluded;
  }

  /** Forgets which tokens the text holds. */
  void begin() {
    seen.clear();
  }

  /**
   * The logits behind one more token, which the text then holds.
   *
   * @param network of T = 1 and B = 1
   * @param state advanced
   * @return overwritten by the next call
   */
  float[] after(Network network, int id, HiddenState state) {
    input[0] = id;
    seen.set(id);
    network.logits(input, state, logits);
    for (int i = seen.nextSetBit(0); penalty != 1 && i >= 0; i = seen.nextSetBit(i + 1)) {
      logits[i] = logits[i] > 0 ? logits[i] / penalty : logits[i] * penalty;
    }
    return logits;
  }

  /**
   * The logarithms of the probabilities behind a text.
   *
   * @param text at least one id
   * @param state before its last id; advanced
   */
  double[] logProbabilities(Network network, int[] text, HiddenState state) {
    begin();
    for (int i = 0; i < text.length - 1; i++) {
      seen.set(text[i]);
    }
    float[] found = after(network, text[text.length - 1], state);
    double[] logs = Predictions.withoutTargets(new int[0], found.length, found).logProbabilities(0);
    logs[excluded] = Double.NEGATIVE_INFINITY;
    return logs;
  }
}
