package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.LineChart;
import org.rondo.charts.Panel;
import org.rondo.frames.windows.RollingOrigin;

/**
 * Draws the forecasts of a rolling origin over what came, a panel for each channel of a series:
 * each window's forecast, and the ends of its widest interval.
 */
public final class ForecastChart {
  private static final int MOST_PANELS = 4;
  private static final int COLUMNS = 2;
  private static final String UPPER = "upper_";

  private final RollingOrigin origin;
  private final List<Row> forecasts;

  /**
   * @param forecasts as a {@link org.rondo.frames.windows.RollingFrame} gives them, in any order
   */
  ForecastChart(RollingOrigin origin, List<Row> forecasts) {
    this.origin = origin;
    this.forecasts = forecasts;
  }

  public String svg() {
    var series = new TreeMap<String, List<Row>>();
    for (Row row : forecasts) {
      String id = row.getAs("unique_id");
      String target = row.getAs("target");
      series
          .computeIfAbsent(id.isEmpty() ? target : id + ", " + target, n -> new ArrayList<>())
          .add(row);
    }
    List<Panel> panels =
        series.entrySet().stream()
            .limit(MOST_PANELS)
            .map(each -> panel(each.getKey(), each.getValue()))
            .toList();
    return LineChart.svg(panels, COLUMNS);
  }

  private Panel panel(String title, List<Row> rows) {
    var truth = new TreeMap<Integer, Double>();
    var windows = new TreeMap<Integer, TreeMap<Integer, Row>>();
    for (Row row : rows) {
      int window = row.getAs("window");
      int at = (window - origin.first()) * origin.stepSize() + row.<Integer>getAs("step");
      truth.put(at, row.getAs("y"));
      windows.computeIfAbsent(window, w -> new TreeMap<>()).put(at, row);
    }
    var lines = new ArrayList<Line>();
    lines.add(line("what came", truth));
    for (TreeMap<Integer, Row> window : windows.values()) {
      lines.add(line("forecast", values(window, "forecast")));
      widest(rows.get(0))
          .forEach((name, ends) -> ends.forEach(end -> lines.add(line(name, values(window, end)))));
    }
    double[] all =
        lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y).toArray();
    double low = Arrays.stream(all).min().orElse(0);
    double high = Arrays.stream(all).max().orElse(1);
    return new Panel(
        title,
        Axis.linear("step", truth.firstKey(), truth.lastKey()),
        Axis.linear("value", low, high),
        lines);
  }

  /** Name and columns of the widest interval; none if there is no interval. */
  private static Map<String, List<String>> widest(Row row) {
    var widest = new LinkedHashMap<String, List<String>>();
    Stream.of(row.schema().fieldNames())
        .filter(name -> name.startsWith(UPPER))
        .map(name -> Integer.valueOf(name.substring(UPPER.length())))
        .max(Integer::compare)
        .ifPresent(
            level ->
                widest.put(
                    String.format(Locale.ROOT, "interval of %d %%", level),
                    List.of("lower_" + level, UPPER + level)));
    return widest;
  }

  private static SortedMap<Integer, Double> values(SortedMap<Integer, Row> window, String column) {
    var values = new TreeMap<Integer, Double>();
    window.forEach((at, row) -> values.put(at, row.getAs(column)));
    return values;
  }

  /** Without values that are infinite, as the ends of intervals of few errors. */
  private static Line line(String name, SortedMap<Integer, Double> values) {
    return new Line(
        name,
        values.entrySet().stream()
            .filter(each -> Double.isFinite(each.getValue()))
            .map(each -> new Point(each.getKey(), each.getValue()))
            .toList());
  }
}
