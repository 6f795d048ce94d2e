package org.rondo.tasks.anomaly;

import org.rondo.evaluation.anomalies.AnomalyLikelihood;
import org.rondo.evaluation.anomalies.ExponentialMean;
import org.rondo.evaluation.anomalies.RunningQuantile;

/** From the errors of a series, step by step, to scores. */
sealed interface StepErrors {
  /**
   * The score of the next step.
   *
   * @param error in units of what is usual
   * @param threshold that was learned for smoothed errors
   * @return from 0 to 1
   */
  double score(double error, double threshold);

  /** The score of a step that nothing was expected of. */
  double unknown();

  void write(double[] memory, int at);

  /** Those that go on from what {@link #write} wrote, or from zeros. */
  static StepErrors of(ScorePlan plan, double[] memory, int at) {
    if (plan.score().equals(ScorePlan.LIKELIHOOD)) {
      AnomalyLikelihood likelihood = plan.likelihood();
      likelihood.read(memory, at);
      return new Likelihood(likelihood);
    }
    var mean = new ExponentialMean(plan.span());
    mean.read(memory, at);
    return plan.score().equals(ScorePlan.QUANTILE)
        ? new Quantile(mean, plan, memory, at + ExponentialMean.MEMORY)
        : new Smoothed(mean);
  }

  /** The running likelihood. */
  record Likelihood(AnomalyLikelihood of) implements StepErrors {
    @Override
    public double score(double error, double threshold) {
      return of.next(error);
    }

    @Override
    public double unknown() {
      return 0.5;
    }

    @Override
    public void write(double[] memory, int at) {
      of.write(memory, at);
    }
  }

  /** s / (s + threshold) of smoothed errors s. */
  record Smoothed(ExponentialMean of) implements StepErrors {
    @Override
    public double score(double error, double threshold) {
      double smoothed = of.next(error);
      return smoothed / (smoothed + threshold);
    }

    @Override
    public double unknown() {
      return 0;
    }

    @Override
    public void write(double[] memory, int at) {
      of.write(memory, at);
    }
  }

  /**
   * s / (s + q) of smoothed errors s, with q a quantile of those before and a distance above it.
   * The first errors do not enter it, for the state is cold.
   */
  final class Quantile implements StepErrors {
    /** Share of the mean error that the quantile is at least, where nearly all are foreseen. */
    private static final double LEAST = 0.05;

    private final ExponentialMean mean;
    private final RunningQuantile usual;
    private final int ignored;
    private final double distance;
    private double steps;

    Quantile(ExponentialMean mean, ScorePlan plan, double[] memory, int at) {
      this.mean = mean;
      ignored = plan.probation() / 2;
      distance = 1 + plan.pruning();
      usual = plan.quantile();
      steps = memory[at];
      usual.read(memory, at + 1);
    }

    @Override
    public double score(double error, double threshold) {
      double smoothed = mean.next(error);
      double known = distance * Math.max(LEAST, usual.value());
      double score = steps > ignored ? smoothed / (smoothed + known) : unknown();
      steps++;
      if (steps > ignored) {
        usual.push(smoothed);
      }
      return score;
    }

    @Override
    public double unknown() {
      return 0;
    }

    @Override
    public void write(double[] memory, int at) {
      mean.write(memory, at);
      memory[at + ExponentialMean.MEMORY] = steps;
      usual.write(memory, at + ExponentialMean.MEMORY + 1);
    }
  }
}
