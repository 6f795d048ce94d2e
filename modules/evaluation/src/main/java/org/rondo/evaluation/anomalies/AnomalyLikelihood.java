package org.rondo.evaluation.anomalies;

import org.rondo.kernels.ValueException;

/**
 * How unusual the latest errors of a predictor are beside its own errors before, as a streaming
 * score from 0 to 1: L = 1 - Q((m' - m) / s), with m and s the mean and the sample standard
 * deviation of the last {@code history} raw scores and m' the mean of the last {@code recent}. A
 * predictor that is always wrong by much is thus not always anomalous. The first steps are
 * probationary, with L = 0.5: the earliest, when the predictor has learned nothing yet, are
 * ignored; those behind them enter the history.
 *
 * @see <a href="https://arxiv.org/abs/1510.03336">Lavin and Ahmad 2015, section II</a>
 */
public final class AnomalyLikelihood {
  private static final double UNKNOWN = 0.5;

  private final MovingMoments history;
  private final MovingMoments recent;
  private final int ignored;
  private final int probationary;
  private int steps;

  /**
   * A likelihood at the beginning of a series.
   *
   * @param history W, raw scores that say what is usual; 8000 in the paper
   * @param recent W', raw scores that are compared with them, fewer; 10 in the paper
   * @param ignored first steps that do not enter the history
   * @param probationary first steps that have no likelihood, not fewer than those ignored
   * @throws ValueException if one of these is out of range
   */
  public AnomalyLikelihood(int history, int recent, int ignored, int probationary) {
    ValueException.unless(recent < history, "recent", recent, "must be less than history");
    ValueException.unless(ignored >= 0, "ignored", ignored, "must not be negative");
    ValueException.unless(
        probationary >= ignored, "probationary", probationary, "must not be less than ignored");
    this.history = new MovingMoments(history);
    this.recent = new MovingMoments(recent);
    this.ignored = ignored;
    this.probationary = probationary;
  }

  /** Numbers that {@link #write} needs of likelihoods over so many raw scores. */
  public static int memory(int history, int recent) {
    return 1 + MovingMoments.memory(history) + MovingMoments.memory(recent);
  }

  /**
   * Writes everything that decides later likelihoods.
   *
   * @param memory has room for {@link #memory} numbers from there on
   */
  public void write(double[] memory, int at) {
    memory[at] = steps;
    recent.write(memory, at + 1);
    history.write(memory, at + 1 + recent.memory());
  }

  /** Goes on from what an equal likelihood wrote, or from zeros as at the beginning. */
  public void read(double[] memory, int at) {
    steps = (int) memory[at];
    recent.read(memory, at + 1);
    history.read(memory, at + 1 + recent.memory());
  }

  /**
   * The likelihood of an anomaly at the next step.
   *
   * @param raw the step's raw score, such as the absolute error of its prediction
   * @return from 0 to 1
   */
  public double next(double raw) {
    steps++;
    recent.push(raw);
    if (steps > ignored) {
      history.push(raw);
    }
    if (steps <= probationary || recent.mean() == history.mean()) {
      return UNKNOWN;
    }
    double difference = recent.mean() - history.mean();
    double deviation = Math.sqrt(history.squaredDeviations() / (history.count() - 1));
    return 1 - NormalTail.q(difference / deviation);
  }
}
