package org.rondo.models.heads.decoder;

import static org.rondo.kernels.ValueException.OPTION;

import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.Options;

/**
 * How labels are searched for, and hypotheses compared: of Y labels, the end among them, with
 * attention a,
 *
 * <pre>
 *   score = log p / ((5 + Y) / 6)^alpha + beta * sum over t of log(min(sum over labels of a(t), 1))
 * </pre>
 *
 * @param beam hypotheses that are kept of each sequence
 * @param best how many are given
 * @param lengthPenalty alpha; 0 compares by probability
 * @param coveragePenalty beta
 * @see <a href="https://arxiv.org/abs/1609.08144">Wu et al. 2016</a>, section 7
 */
record SearchPlan(int beam, int best, double lengthPenalty, double coveragePenalty) {
  private static final int MOST = 1000;

  /** Less attention than this counts as this. */
  private static final double LEAST = 1e-10;

  /**
   * That of a head.
   *
   * @throws IllegalArgumentException if an option has a value that it cannot have
   */
  static SearchPlan of(HeadSpec spec) {
    Options options = spec.options();
    int beam = options.whole("beam", 5);
    ValueException.unlessWithin(OPTION + "beam", beam, 1, MOST);
    int best = options.whole("best", 1);
    ValueException.unless(
        best >= 1 && best <= beam, OPTION + "best", best, "must be from 1 to the beam, " + beam);
    return new SearchPlan(
        beam, best, options.number("length_penalty", 0.6), options.number("coverage_penalty", 0));
  }

  /**
   * The score of labels without a penalty for what they do not cover.
   *
   * @param length Y
   */
  double score(double logProbability, int length) {
    return logProbability / StrictMath.pow((5.0 + length) / 6, lengthPenalty);
  }

  /**
   * What the score loses, at most 0.
   *
   * @param attention one row for each label
   */
  double coverage(float[][] attention) {
    double sum = 0;
    for (int t = 0; coveragePenalty > 0 && t < attention[0].length; t++) {
      double covered = 0;
      for (float[] row : attention) {
        covered += row[t];
      }
      sum += StrictMath.log(Math.max(LEAST, Math.min(covered, 1)));
    }
    return coveragePenalty * sum;
  }
}
