package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.frames.rows.Rejections;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.WindowPlan;

/**
 * What metrics gather of forecasts from a rolling origin, by the number of the window. Parts are
 * merged in their order, also those of several models. Not a record, since Spark's other serializer
 * cannot restore records.
 */
public final class RollingSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the windows of one number. */
  private static final class OfWindow implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String cutoff;
    private boolean oneCutoff = true;
    private long count;
    private final double[][] sums;

    OfWindow(String cutoff, double[][] sums) {
      this.cutoff = cutoff;
      this.sums = sums;
    }
  }

  private final TreeMap<Integer, OfWindow> windows = new TreeMap<>();
  private final Rejections rejections = new Rejections();

  /** Of predicted windows, row after row. */
  static RollingSums of(Iterator<Row> predicted, List<Metric> metrics) {
    var gathered = new RollingSums();
    while (predicted.hasNext()) {
      gathered.add(predicted.next(), metrics);
    }
    return gathered;
  }

  private void add(Row window, List<Metric> metrics) {
    int rejected = window.fieldIndex(ForecastSteps.REJECTED);
    if (!window.isNullAt(rejected)) {
      rejections.add(window.getString(rejected));
      return;
    }
    rejections.addUsable(1);
    String cutoff = window.getAs(WindowPlan.CUTOFF);
    OfWindow own =
        windows.computeIfAbsent(
            window.getAs(WindowSchema.WINDOW), number -> new OfWindow(cutoff, zeros(metrics)));
    own.count++;
    own.oneCutoff &= own.cutoff.equals(cutoff);
    float[] scores = floats(window, Predictor.SCORES);
    var predictions =
        new Predictions(
            new int[] {0}, new int[0], scores.length, scores, floats(window, Predictor.TARGETS));
    for (int i = 0; i < own.sums.length; i++) {
      metrics.get(i).add(predictions, own.sums[i]);
    }
  }

  private static double[][] zeros(List<Metric> metrics) {
    return metrics.stream().map(metric -> new double[metric.sums()]).toArray(double[][]::new);
  }

  private static float[] floats(Row window, String column) {
    List<Double> values = window.getList(window.fieldIndex(column));
    var floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /** Takes in those of a later part. */
  public void merge(RollingSums next) {
    rejections.merge(next.rejections);
    next.windows.forEach(
        (number, other) -> {
          OfWindow own = windows.putIfAbsent(number, other);
          if (own != null) {
            own.count += other.count;
            own.oneCutoff &= other.oneCutoff && own.cutoff.equals(other.cutoff);
            add(own.sums, other.sums);
          }
        });
  }

  /** Of models that know other numbers of series, sums by series cannot be added: they are NaN. */
  private static void add(double[][] sums, double[][] more) {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i].length != more[i].length) {
        Arrays.fill(sums[i], Double.NaN);
        continue;
      }
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] += more[i][j];
      }
    }
  }

  /** Series that could not be used. */
  Rejections rejections() {
    return rejections;
  }

  /**
   * What the metrics come to.
   *
   * @param metrics that gathered
   * @throws IngestException if no window could be measured, naming the first that was refused
   */
  public RollingScores scores(List<Metric> metrics) {
    if (windows.isEmpty()) {
      rejections.refuseAnyOfWindows(); // what is left out of the data leaves nothing
      throw new IngestException("data: there is no series whose forecasts could be measured");
    }
    var each = new ArrayList<RollingScores.OfWindow>();
    double[][] all = zeros(metrics);
    long count = 0;
    for (Map.Entry<Integer, OfWindow> entry : windows.entrySet()) {
      OfWindow window = entry.getValue();
      each.add(
          new RollingScores.OfWindow(
              entry.getKey(),
              window.oneCutoff ? window.cutoff : "",
              scores(metrics, window.sums, window.count)));
      add(all, window.sums);
      count += window.count;
    }
    return new RollingScores(each, scores(metrics, all, count));
  }

  private static Scores scores(List<Metric> metrics, double[][] sums, long count) {
    var scores = new ArrayList<Score>();
    var details = new LinkedHashMap<String, Map<String, Double>>();
    for (int i = 0; i < sums.length; i++) {
      Metric metric = metrics.get(i);
      scores.add(new Score(metric.name(), metric.value(sums[i]), metric.higherIsBetter()));
      Map<String, Double> further = metric.details(sums[i]);
      if (!further.isEmpty()) {
        details.put(metric.name(), further);
      }
    }
    return new Scores(Double.NaN, count, scores, details);
  }
}
