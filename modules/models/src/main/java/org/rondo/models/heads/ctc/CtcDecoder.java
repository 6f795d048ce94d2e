package org.rondo.models.heads.ctc;

import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.workspace.Workspace;

/**
 * From the logits of every step to labels: by the best path, which is the best class of each step,
 * or by a {@link PrefixBeamSearch}.
 *
 * @param workspace whose sequences are decoded
 * @param classes K, of which the last is the blank
 * @param beam prefixes that a search keeps; 0 for the best path
 */
record CtcDecoder(Workspace workspace, int classes, int beam) {
  /**
   * The label of each sequence, from its first row on; {@link Minibatch#NO_TARGET} behind it.
   *
   * @param logits {@code (T,B,K)}
   * @param symbols {@code (T,B)}; overwritten
   */
  void decode(float[] logits, int[] symbols) {
    if (beam == 0) {
      Objective.largest(logits, classes, symbols);
    }
    for (int b = 0; b < workspace.batch(); b++) {
      int count = beam == 0 ? collapse(symbols, b) : search(logits, symbols, b);
      for (int u = count; u < workspace.steps(); u++) {
        symbols[row(u, b)] = Minibatch.NO_TARGET;
      }
    }
  }

  private int row(int t, int b) {
    return t * workspace.batch() + b;
  }

  /** From the path of a sequence to the label that it stands for, in place; its length. */
  private int collapse(int[] path, int b) {
    int blank = classes - 1;
    int count = 0;
    int before = blank;
    for (int t = 0; t < workspace.lengths()[b]; t++) {
      int now = path[row(t, b)];
      if (now != before && now != blank) {
        path[row(count++, b)] = now;
      }
      before = now;
    }
    return count;
  }

  private int search(float[] logits, int[] symbols, int b) {
    var search = new PrefixBeamSearch(classes, beam);
    var step = new double[classes];
    for (int t = 0; t < workspace.lengths()[b]; t++) {
      for (int k = 0; k < classes; k++) {
        step[k] = logits[row(t, b) * classes + k];
      }
      search.step(step);
    }
    int[] best = search.best();
    for (int u = 0; u < best.length; u++) {
      symbols[row(u, b)] = best[u];
    }
    return best.length;
  }
}
