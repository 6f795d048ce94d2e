package org.rondo.tasks.scaling;

import org.rondo.tasks.SeriesStatistics;

/** Statistics of one channel over all series, one added after the other. */
public final class PooledStatistics {
  private double count;
  private double mean;

  /** Squared distances from the mean. */
  private double squares;

  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;

  /** Takes in those of a series (Chan, Golub and LeVeque 1979). */
  public void add(SeriesStatistics of) {
    double total = count + of.count();
    double difference = of.mean() - mean;
    mean += difference * of.count() / total;
    squares +=
        of.deviation() * of.deviation() * of.count()
            + difference * difference * count / total * of.count();
    count = total;
    minimum = Math.min(minimum, of.minimum());
    maximum = Math.max(maximum, of.maximum());
  }

  public boolean isConstant() {
    return SeriesStatistics.isConstant(minimum, maximum);
  }

  /** Without what cannot be pooled: quartiles and errors. */
  public SeriesStatistics all() {
    return new SeriesStatistics(
        mean, Math.sqrt(squares / count), minimum, maximum, mean, 0, 0, count);
  }
}
