package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.LineChart;
import org.rondo.charts.Panel;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.windows.StepColumns;
import org.rondo.tasks.anomaly.AnomalyFeatures;

/**
 * Draws series with their scores: the values of the channel that the first alarm is mostly of, what
 * was expected of them, the alarms over both, and the scores below.
 */
final class AnomalyChart {
  private static final int MOST_SERIES = 4;

  /** Of a line, so that the picture stays small; of the steps between two the largest is drawn. */
  private static final int MOST_POINTS = 800;

  private final Dataset<Row> steps;
  private final AnomalyFeatures features;
  private final List<Row> alarms;

  AnomalyChart(Dataset<Row> steps, AnomalyFeatures features, List<Row> alarms) {
    this.steps = steps;
    this.features = features;
    this.alarms = alarms;
  }

  /** Empty where there is no step. */
  Optional<String> svg() {
    var drawn = new LinkedHashMap<String, String>();
    alarms.stream()
        .sorted(Comparator.comparingDouble((Row alarm) -> -alarm.getDouble(4)))
        .forEach(
            alarm -> {
              if (drawn.size() < MOST_SERIES) {
                drawn.putIfAbsent(alarm.getString(0), alarm.getString(5));
              }
            });
    if (drawn.isEmpty()) {
      List<Row> some =
          steps
              .filter(steps.col("outlierScore").isNotNull())
              .select(StepColumns.SERIES)
              .takeAsList(1);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      drawn.put(some.get(0).getString(0), null);
    }
    var above = new ArrayList<Panel>();
    var below = new ArrayList<Panel>();
    for (Map.Entry<String, String> each : drawn.entrySet()) {
      String channel = each.getValue() == null ? features.channels().get(0) : each.getValue();
      add(each.getKey(), channel, above, below);
    }
    above.addAll(below);
    return Optional.of(LineChart.svg(above, drawn.size()));
  }

  private void add(String series, String channel, List<Panel> above, List<Panel> below) {
    List<Row> rows =
        steps
            .filter(steps.col(StepColumns.SERIES).equalTo(series))
            .select(
                steps.col(ColumnNames.quoted(StepColumns.value(channel))).cast("double"),
                functions.element_at(steps.col("expected"), channel),
                steps.col("outlierScore"),
                steps.col("predictedLabel"))
            .collectAsList();
    var values = new ArrayList<Point>();
    var expected = new ArrayList<Point>();
    var scores = new ArrayList<Point>();
    var lines = new ArrayList<Line>();
    var alarm = new ArrayList<Point>();
    for (int t = 0; t < rows.size(); t++) {
      Row row = rows.get(t);
      put(values, row, 0, t);
      put(expected, row, 1, t);
      put(scores, row, 2, t);
      boolean flagged = !row.isNullAt(3) && row.getDouble(3) > 0;
      if (flagged) {
        put(alarm, row, 0, t);
      }
      if (!alarm.isEmpty() && (!flagged || t + 1 == rows.size())) {
        lines.add(new Line("alarm", List.copyOf(alarm)));
        alarm.clear();
      }
    }
    lines.add(0, new Line(channel, thinned(values, rows.size())));
    lines.add(1, new Line("expected", thinned(expected, rows.size())));
    String title = series.isEmpty() ? channel : series;
    Axis time = Axis.linear("step", 0, Math.max(1, rows.size() - 1));
    above.add(new Panel(title, time, axis(channel, values), lines));
    Line score = new Line("score", thinned(scores, rows.size()));
    below.add(new Panel(title + ", score", time, Axis.linear("score", 0, 1), List.of(score)));
  }

  private static void put(List<Point> points, Row row, int column, int t) {
    if (!row.isNullAt(column)) {
      points.add(new Point(t, row.getDouble(column)));
    }
  }

  private static Axis axis(String title, List<Point> points) {
    double low = points.stream().mapToDouble(Point::y).min().orElse(0);
    double high = points.stream().mapToDouble(Point::y).max().orElse(1);
    return Axis.linear(title, low, high);
  }

  private static List<Point> thinned(List<Point> points, int steps) {
    int width = Math.max(1, steps / MOST_POINTS);
    var kept = new ArrayList<Point>();
    for (int from = 0; from < points.size(); from += width) {
      Point largest = points.get(from);
      for (int i = from; i < Math.min(points.size(), from + width); i++) {
        largest = points.get(i).y() > largest.y() ? points.get(i) : largest;
      }
      kept.add(largest);
    }
    return kept;
  }
}
