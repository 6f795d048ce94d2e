package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.LineChart;
import org.rondo.charts.Panel;
import org.rondo.runs.search.SearchOutcome;
import org.rondo.runs.search.SearchTable;
import org.rondo.runs.search.Standing;

/**
 * The page of a search: the validation score of every trial over its rounds, its best score over
 * the values of each searched key that takes numbers, and the table.
 */
public final class SearchPage {
  private static final int COLUMNS = 3;

  /** Above which ratio values are drawn on a logarithmic axis. */
  private static final double WIDE = 20;

  private static final int MOST_NAMED_RUNGS = 7;

  private final SearchOutcome outcome;
  private final String metric;

  private SearchPage(SearchOutcome outcome, String metric) {
    this.outcome = outcome;
    this.metric = metric;
  }

  /** A whole page, which needs no other file. */
  public static String html(SearchOutcome outcome) {
    String chart =
        outcome.ranking().stream()
            .flatMap(standing -> standing.scores().stream().limit(1))
            .findFirst()
            .map(score -> new SearchPage(outcome, score.name()).chart())
            .orElse("");
    return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>Search</title>\n"
        + "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        + "<style>:root{color-scheme:light dark}body{font-family:sans-serif;margin:4vw}"
        + "svg{max-width:100%}.wide{overflow-x:auto}table{border-collapse:collapse}"
        + "td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #a2a8b180}</style>"
        + "</head><body>\n"
        + chart
        + "<div class='wide'>\n"
        + table(outcome.table())
        + "</div></body></html>\n";
  }

  private static String table(SearchTable table) {
    return table.rows().stream()
        .map(row -> row("td", row))
        .collect(Collectors.joining("", "<table>\n" + row("th", table.head()), "</table>\n"));
  }

  private static String row(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("&", "&amp;").replace("<", "&lt;"))
        .map(cell -> "<" + tag + ">" + cell + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private String chart() {
    // The best is drawn last, over the others.
    var standings = new ArrayList<Standing>(outcome.ranking());
    standings.removeIf(standing -> standing.scores().isEmpty());
    Collections.reverse(standings);
    var panels = new ArrayList<Panel>();
    panel("validation, over rounds", "round", curves(standings)).ifPresent(panels::add);
    for (String key : outcome.trials().get(0).changes().keySet()) {
      panel("best, over " + key, key, points(standings, key)).ifPresent(panels::add);
    }
    return panels.isEmpty() ? "" : LineChart.svg(panels, COLUMNS);
  }

  private List<Line> curves(List<Standing> standings) {
    var lines = new ArrayList<Line>();
    for (Standing standing : standings) {
      SortedMap<Integer, Double> curve =
          outcome.curves().getOrDefault(standing.trial(), new TreeMap<>());
      List<Point> points =
          curve.entrySet().stream().map(at -> new Point(at.getKey(), at.getValue())).toList();
      lines.add(new Line(name(standing), points));
    }
    return lines;
  }

  private List<Line> points(List<Standing> standings, String key) {
    var lines = new ArrayList<Line>();
    for (Standing standing : standings) {
      OptionalDouble value = number(outcome.trials().get(standing.trial() - 1).changes().get(key));
      value.ifPresent(
          x ->
              lines.add(
                  new Line(
                      name(standing), List.of(new Point(x, standing.scores().get(0).value())))));
    }
    return lines;
  }

  private static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty(); // a word, which has no place on an axis
    }
  }

  private String name(Standing standing) {
    if (outcome.best().filter(best -> best.number() == standing.trial()).isPresent()) {
      return String.format(Locale.ROOT, "trial %d, the best", standing.trial());
    }
    return "rung " + Math.min(MOST_NAMED_RUNGS, standing.rung());
  }

  /** Empty where there are not two different places to draw. */
  private Optional<Panel> panel(String title, String x, List<Line> lines) {
    List<Point> points = lines.stream().flatMap(line -> line.points().stream()).toList();
    double[] xs = points.stream().mapToDouble(Point::x).sorted().toArray();
    double[] ys = points.stream().mapToDouble(Point::y).sorted().toArray();
    if (xs.length == 0 || xs[0] == xs[xs.length - 1]) {
      return Optional.empty();
    }
    return Optional.of(new Panel(title, axis(x, xs), axis(metric, ys), lines));
  }

  private static Axis axis(String title, double[] sorted) {
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    if (low > 0 && high > WIDE * low) {
      return Axis.logarithmic(title, low, high);
    }
    return Axis.linear(title, low, high > low ? high : low + Math.max(1e-9, Math.abs(low) / 10));
  }
}
