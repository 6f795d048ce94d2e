package org.rondo.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.Panel;

/** Pairs of axes that hold all that is drawn on them. */
final class Panels {
  /** An axis of a flat line is so much of its value long. */
  private static final double LEAST_SPAN = 0.05;

  private Panels() {}

  static Panel of(String title, String x, String y, List<Line> lines) {
    return new Panel(title, axis(x, lines, Point::x), axis(y, lines, Point::y), lines);
  }

  private static Axis axis(String title, List<Line> lines, ToDoubleFunction<Point> value) {
    double[] values =
        lines.stream().flatMap(line -> line.points().stream()).mapToDouble(value).toArray();
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(1);
    double least = Math.max(LEAST_SPAN * Math.abs(high), 1e-6);
    return Axis.linear(title, low, Math.max(high, low + least));
  }
}
