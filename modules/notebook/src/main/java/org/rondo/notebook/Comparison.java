package org.rondo.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.Panel;

/** Several runs side by side. */
public final class Comparison {
  private final List<TrainedRun> runs;

  private Comparison(List<TrainedRun> runs) {
    this.runs = runs;
    if (runs.stream().map(TrainedRun::name).distinct().count() < runs.size()) {
      throw new RondoException(
          String.format(
              Locale.ROOT,
              "comparison: %s do not have names of their own; see Trainer.named",
              runs.stream().map(TrainedRun::name).toList()));
    }
  }

  /**
   * Compares runs.
   *
   * @throws RondoException if two have the same name
   */
  public static Comparison of(TrainedRun... runs) {
    return new Comparison(List.of(runs));
  }

  /** A row per run, as {@code %table}. */
  public String resultTable() {
    return Drawn.table(
        List.of("run", "rounds", "tokens", "validation perplexity", "tokens per second"),
        runs.stream().map(TrainedRun::result).toList());
  }

  /**
   * Perplexity at each evaluation of each run, as {@code %table}; drawn as lines by Zeppelin with
   * {@code tokens} as key, {@code run} as group and {@code validation perplexity} as value.
   */
  public String perplexityTable() {
    var rows = new ArrayList<List<Object>>();
    for (TrainedRun run : runs) {
      for (Recording.Point point : run.recording().points()) {
        rows.add(List.of(point.tokens(), run.name(), point.evaluated().value("perplexity")));
      }
    }
    return Drawn.table(List.of("tokens", "run", "validation perplexity"), rows);
  }

  /** The same as lines, as {@code %html}. */
  public String perplexityChart() {
    List<Line> lines =
        runs.stream()
            .map(
                run ->
                    new Line(
                        run.name(),
                        run.recording().points().stream()
                            .map(
                                p -> new Point(p.tokens() / 1e6, p.evaluated().value("perplexity")))
                            .toList()))
            .toList();
    return Drawn.charts(
        List.of(Panels.of("Validation perplexity", "million tokens", "perplexity", lines)));
  }

  /**
   * How much of a gradient arrives k steps back, in powers of ten relative to k = 0, in the lowest
   * layer, at the start of the first and of the last round, as {@code %table}.
   *
   * @throws RondoException if a run was trained without {@code diagnostics.gradients}
   */
  public String gradientTable() {
    var rows = new ArrayList<List<Object>>();
    for (TrainedRun run : runs) {
      List<Double> first = run.recording().firstGradients().powers();
      List<Double> last = run.recording().lastGradients().powers();
      for (int k = 0; k < first.size(); k++) {
        rows.add(List.of(k, run.name(), first.get(k), last.get(k)));
      }
    }
    return Drawn.table(List.of("steps back", "run", "first round", "last round"), rows);
  }

  /** The same as lines, as {@code %html}. */
  public String gradientChart() {
    return Drawn.charts(
        List.of(
            flows(first(), Recording::firstGradients),
            flows("Last round", Recording::lastGradients)));
  }

  /** A resumed run was trained before the first of its rounds that was heard of. */
  private String first() {
    List<Integer> rounds =
        runs.stream().map(run -> run.recording().firstGradients().round()).distinct().toList();
    return rounds.equals(List.of(1))
        ? "First round, before any training"
        : "Start of round "
            + rounds.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private Panel flows(String title, Function<Recording, GradientFlow> flow) {
    List<Line> lines =
        runs.stream().map(run -> flow.apply(run.recording()).line(run.name())).toList();
    return Panels.of(title, "steps back", "power of ten, relative to 0 steps back", lines);
  }

  @Override
  public String toString() {
    return runs.stream().map(TrainedRun::toString).collect(Collectors.joining("\n"));
  }
}
