package org.rondo.bench.anomalies;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.anomalies.MovingMoments;
import org.rondo.evaluation.anomalies.NormalTail;

/**
 * NAB's windowed Gaussian: 1 - Q(|x - m| / s) with mean and deviation of 6400 steps before. The
 * window grows by each step until it is full, then moves on by 100 steps at once. Scores have the
 * digits that they have in NAB's files, so that NAB's published results come out.
 *
 * @see <a href="https://doi.org/10.1016/j.neucom.2017.04.070">Ahmad et al. 2017, section 4.3</a>
 */
final class WindowedGaussian implements Detector {
  private static final int WINDOW = 6400;
  private static final int MOVE = 100;
  private static final MathContext DIGITS_OF_FILES = new MathContext(12);
  private static final double DEVIATION_OF_EQUALS = 1e-6;

  @Override
  public double[] scores(double[] values) {
    var window = new MovingMoments(WINDOW);
    List<Double> held = new ArrayList<>();
    var scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        double score = 1 - NormalTail.q(Math.abs(values[i] - window.mean()) / deviation(window));
        scores[i] = new BigDecimal(score).round(DIGITS_OF_FILES).doubleValue();
      }
      held.add(values[i]);
      if (!window.full() || held.size() == MOVE) {
        held.forEach(window::push);
        held.clear();
      }
    }
    return scores;
  }

  private static double deviation(MovingMoments window) {
    double deviation = Math.sqrt(window.squaredDeviations() / window.count());
    return deviation == 0 ? DEVIATION_OF_EQUALS : deviation;
  }
}
