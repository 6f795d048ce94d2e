package org.rondo.evaluation.anomalies;

/**
 * The Q-function: the probability that a standard normal variable exceeds z. Near zero by the
 * series of the error function, whose terms are all positive; in the tail by a continued fraction,
 * which keeps the relative precision of small probabilities.
 *
 * @see <a href="https://dlmf.nist.gov/7.6">DLMF 7.6.2 (series) and 7.9.1 (continued fraction)</a>
 */
public final class NormalTail {
  private static final double SERIES_BELOW = 2;
  private static final int FRACTION_TERMS = 100;

  private NormalTail() {}

  /** Q(z) = erfc(z / sqrt 2) / 2; 0 and 1 at the infinities. */
  public static double q(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double tail = (x < SERIES_BELOW ? 1 - erf(x) : erfc(x)) / 2;
    return z < 0 ? 1 - tail : tail;
  }

  /** erf x = 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)). */
  private static double erf(double x) {
    double term = x;
    double sum = 0;
    for (int n = 1; sum + term > sum; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** erfc x = exp(-x^2) / sqrt(pi) * 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / ...))). */
  private static double erfc(double x) {
    double fraction = x;
    for (int n = FRACTION_TERMS; n >= 1; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
}
