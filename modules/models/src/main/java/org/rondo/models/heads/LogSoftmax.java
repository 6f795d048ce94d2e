package org.rondo.models.heads;

/** Logarithms of a softmax, in double and in the order of the classes: bit-identical everywhere. */
final class LogSoftmax {
  private LogSoftmax() {}

  /**
   * Of each row by itself.
   *
   * @param logits {@code (rows,classes)}; overwritten
   */
  static void rows(float[] logits, int classes) {
    for (int from = 0; from < logits.length; from += classes) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = from; i < from + classes; i++) {
        largest = Math.max(largest, logits[i]);
      }
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += StrictMath.exp((double) logits[i] - largest);
      }
      double all = largest + StrictMath.log(sum);
      for (int i = from; i < from + classes; i++) {
        logits[i] = (float) (logits[i] - all);
      }
    }
  }
}
