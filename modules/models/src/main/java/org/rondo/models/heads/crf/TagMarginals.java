package org.rondo.models.heads.crf;

import java.util.Arrays;

/**
 * The probability of every tag at every step of a sequence, over all tags that the others may have,
 * by forward-backward; s are the emissions, A the transitions:
 *
 * <pre>
 *   a(0,j)   = start(j) + s(0,j)     a(t,j) = s(t,j) + log sum over i of exp(a(t-1,i) + A(i,j))
 *   b(n-1,i) = end(i)                b(t,i) = log sum over j of exp(A(i,j) + s(t+1,j) + b(t+1,j))
 *   log p(y_t = j) = a(t,j) + b(t,j) - log sum over k of exp(a(t,k) + b(t,k))
 * </pre>
 *
 * <p>For prediction, in double: no parameter learns by it. {@link TagChain} is what learns.
 */
final class TagMarginals {
  private final int tags;
  private final float[] transitions;
  private final float[] start;
  private final float[] end;

  /** {@code (T,K)} */
  private final double[] behind;

  private final double[] ahead;
  private final double[] sum;

  /**
   * @param scores as they are now
   * @param steps T, of the longest sequence
   */
  TagMarginals(TagScores scores, int steps) {
    tags = scores.end().length();
    transitions = scores.between().scores().toArray();
    start = scores.first().scores().toArray();
    end = scores.end().toArray();
    behind = new double[steps * tags];
    ahead = new double[tags];
    sum = new double[tags];
  }

  /**
   * Puts the logarithms of the probabilities in the place of a sequence's emissions.
   *
   * @param emissions {@code (T,B,K)}
   * @param b the sequence
   * @param batch B
   */
  void replace(float[] emissions, int b, int batch, int length) {
    for (int t = 0; t < length; t++) {
      for (int j = 0; j < tags; j++) {
        behind[t * tags + j] =
            emissions[(t * batch + b) * tags + j] + (t == 0 ? start[j] : before(t, j));
      }
    }
    for (int t = length - 1; t >= 0; t--) {
      look(emissions, ((t + 1) * batch + b) * tags, t == length - 1);
      for (int j = 0; j < tags; j++) {
        sum[j] = behind[t * tags + j] + ahead[j];
      }
      double all = logSumExp(sum);
      for (int j = 0; j < tags; j++) {
        behind[t * tags + j] = sum[j] - all;
      }
    }
    // The emissions of a step are read until the step before it is done.
    for (int t = 0; t < length; t++) {
      for (int j = 0; j < tags; j++) {
        emissions[(t * batch + b) * tags + j] = (float) behind[t * tags + j];
      }
    }
  }

  private double before(int t, int j) {
    for (int i = 0; i < tags; i++) {
      sum[i] = behind[(t - 1) * tags + i] + transitions[i * tags + j];
    }
    return logSumExp(sum);
  }

  /**
   * Makes {@link #ahead} that of the step before.
   *
   * @param next where the emissions of the step after it are
   */
  private void look(float[] emissions, int next, boolean last) {
    if (last) {
      for (int i = 0; i < tags; i++) {
        ahead[i] = end[i];
      }
      return;
    }
    double[] after = ahead.clone();
    for (int i = 0; i < tags; i++) {
      for (int j = 0; j < tags; j++) {
        sum[j] = transitions[i * tags + j] + emissions[next + j] + after[j];
      }
      ahead[i] = logSumExp(sum);
    }
  }

  private static double logSumExp(double[] values) {
    double largest = Arrays.stream(values).max().orElseThrow();
    double total = 0;
    for (double value : values) {
      total += StrictMath.exp(value - largest);
    }
    return largest + StrictMath.log(total);
  }
}
