package org.rondo.tasks.classification;

import java.util.ArrayList;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/**
 * Mean and deviation of every channel over the steps of the training rows, updated step by step
 * (Welford 1962) and merged part by part (Chan, Golub and LeVeque 1979): no sum of squares loses
 * what a large mean leaves of them.
 */
final class SeriesFitting implements InputFitting {
  private static final long serialVersionUID = 1L;

  private final ClassificationPlan plan;
  private long steps;

  /** {@code (F)}; null before the first row. */
  private double[] means;

  /** {@code (F)}: sums of squared differences from the mean. */
  private double[] squares;

  SeriesFitting(ClassificationPlan plan) {
    this.plan = plan;
  }

  @Override
  public InputKind kind() {
    return InputKind.SERIES;
  }

  @Override
  public void add(Example row, Counts counts) {
    float[][] found = row.series("series");
    int width = means != null ? means.length : found.length == 0 ? 0 : found[0].length;
    if (found.length > 0 && width == 0) {
      throw row.refused("series", "holds steps without values");
    }
    float[][] series = SeriesInput.series(row, width, plan.maximumLength(), counts);
    if (means == null) {
      means = new double[width];
      squares = new double[width];
    }
    for (float[] step : series) {
      steps++;
      for (int f = 0; f < width; f++) {
        double difference = step[f] - means[f];
        means[f] += difference / steps;
        squares[f] += difference * (step[f] - means[f]);
      }
    }
  }

  @Override
  public void merge(InputFitting other) {
    var next = (SeriesFitting) other;
    if (next.steps == 0) {
      return;
    }
    if (steps == 0) {
      means = next.means.clone();
      squares = next.squares.clone();
      steps = next.steps;
      return;
    }
    ClassificationFitting.require(
        means.length == next.means.length,
        "some training rows have %d values in each step, others %d",
        means.length,
        next.means.length);
    long total = steps + next.steps;
    for (int f = 0; f < means.length; f++) {
      double difference = next.means[f] - means[f];
      means[f] += difference * next.steps / total;
      squares[f] += next.squares[f] + difference * difference * steps / total * next.steps;
    }
    steps = total;
  }

  @Override
  public RowInput input(Counts counts) {
    var scales = new ArrayList<SeriesInput.Scale>();
    for (int f = 0; f < means.length; f++) {
      double deviation = StrictMath.sqrt(squares[f] / steps);
      scales.add(
          plan.standardize()
              ? new SeriesInput.Scale(means[f], deviation > 0 ? deviation : 1)
              : new SeriesInput.Scale(0, 1));
    }
    return new SeriesInput(scales, plan.maximumLength());
  }
}
