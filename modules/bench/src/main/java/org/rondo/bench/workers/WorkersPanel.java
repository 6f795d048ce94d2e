package org.rondo.bench.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.Panel;

/** Draws a study: shards across, perplexity up, a line per synchronizer. */
final class WorkersPanel {
  private WorkersPanel() {}

  static Panel of(Study study) {
    List<Line> lines = study.synchronizers().stream().map(s -> line(study, s)).toList();
    double best = perplexities(lines).min().orElse(1);
    double worst = perplexities(lines).max().orElse(2);
    return new Panel(
        study.model(),
        Axis.logarithmic("workers", shards(study)),
        Axis.logarithmic("validation perplexity", best, worst),
        lines);
  }

  private static DoubleStream perplexities(List<Line> lines) {
    return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y);
  }

  /** An axis needs two ticks. */
  private static List<Double> shards(Study study) {
    var ticks = new ArrayList<>(study.shards().stream().map(Integer::doubleValue).toList());
    if (ticks.size() == 1) {
      ticks.add(2 * ticks.get(0));
    }
    return ticks;
  }

  private static Line line(Study study, String synchronizer) {
    var points = new ArrayList<Point>();
    for (int shards : study.shards()) {
      Optional<Outcome> outcome = study.outcome(synchronizer, shards);
      outcome
          .filter(o -> Double.isFinite(o.mean()))
          .ifPresent(o -> points.add(new Point(shards, o.mean(), o.spread())));
    }
    return new Line(synchronizer, points);
  }
}
