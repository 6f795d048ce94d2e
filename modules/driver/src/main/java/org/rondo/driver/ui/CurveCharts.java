package org.rondo.driver.ui;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.LineChart;
import org.rondo.charts.Panel;

/** The curves of a run, a picture each. */
final class CurveCharts {
  private CurveCharts() {}

  static String html(Curves curves) {
    Html html = new Html().element("h4", "", "Curves").open("div", "rondo-curves");
    draw(html, "Training loss", "mean per target", curves.trainLoss(), false);
    draw(html, "Validation " + curves.metric(), curves.metric(), curves.score(), false);
    draw(html, "Speed", "tokens per second", curves.tokensPerSecond(), true);
    draw(html, "Gradient norm", "mean before clipping", curves.gradientNorm(), false);
    return html.close("div").toString();
  }

  private static void draw(
      Html html, String title, String unit, List<CurvePoint> points, boolean fromZero) {
    if (points.isEmpty()) {
      return;
    }
    Line line =
        new Line(title, points.stream().map(p -> new Line.Point(p.round(), p.value())).toList());
    double first = points.get(0).round();
    double last = points.get(points.size() - 1).round();
    var x = Axis.linear("round", first, Math.max(last, first + 1));
    var panel = new Panel(title, x, vertical(unit, points, fromZero), List.of(line));
    html.open("div", "rondo-curve").raw(LineChart.svg(List.of(panel), 1)).close("div");
  }

  /** A flat curve gets an axis of a twentieth of its value. */
  private static Axis vertical(String unit, List<CurvePoint> points, boolean fromZero) {
    ToDoubleFunction<CurvePoint> value = CurvePoint::value;
    double low = fromZero ? 0 : points.stream().mapToDouble(value).min().orElseThrow();
    double high = points.stream().mapToDouble(value).max().orElseThrow();
    double least = Math.max(0.05 * Math.abs(high), 1e-6);
    return Axis.linear(unit, low, Math.max(high, low + least));
  }
}
