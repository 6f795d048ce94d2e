package org.rondo.bench.engine;

import static org.rondo.bench.engine.EngineReport.ofKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rondo.bench.Figure;
import org.rondo.bench.Rates;
import org.rondo.bench.engine.CostModel.Measured;
import org.rondo.charts.Axis;
import org.rondo.charts.Line;
import org.rondo.charts.Line.Point;
import org.rondo.charts.LineChart;
import org.rondo.charts.Panel;

/**
 * The cost model: its constants, how well it predicts cells it was not made from, where it leads.
 */
final class CostReport {
  private static final double GIGABIT = 1e9 / 8;
  private static final List<Integer> BANDWIDTHS = List.of(1, 10, 25);
  private static final List<Integer> WORK = List.of(1, 10, 60);
  private static final int TABULATED_WORK = 10;
  private static final List<Integer> EXECUTORS =
      List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000);
  private static final List<Integer> TABULATED = List.of(1, 8, 16, 64, 256, 1000);
  private static final List<Long> MODELS = List.of(1_000_000L, 5_000_000L, 20_000_000L);
  private static final int FLOAT32 = 4;
  private static final int BFLOAT16 = 2;

  /** Cells of these shards decide the constants, of models that are not the middle one. */
  private static final List<Integer> FITTED_SHARDS = List.of(2, 16, 256);

  private static final long MIDDLE_LEAST = 2_000_000;
  private static final long MIDDLE_MOST = 10_000_000;

  private final List<Measured> heldOut;
  private final CostModel model;

  /**
   * @param figures that are complete
   */
  CostReport(List<Figure> figures) {
    List<Measured> cells = cells(figures);
    heldOut = cells.stream().filter(cell -> !isFitted(cell)).toList();
    model = CostModel.fit(cells.stream().filter(CostReport::isFitted).toList());
  }

  /** Whether there are cells of every kind: without some size, or some number of executors. */
  static boolean isComplete(List<Figure> figures) {
    List<Measured> cells = cells(figures);
    return cells.stream().map(cell -> cell.shape().executors()).distinct().count() > 1
        && cells.stream()
                .filter(CostReport::isFitted)
                .map(c -> c.shape().parameters())
                .distinct()
                .count()
            > 2
        && cells.stream().anyMatch(cell -> !isFitted(cell));
  }

  private static List<Measured> cells(List<Figure> figures) {
    return ofKind("round", figures).stream().map(CostReport::cell).toList();
  }

  private static Measured cell(Figure round) {
    var shape =
        new RoundShape(
            (long) round.number("parameters"),
            (int) round.number("shards"),
            (int) round.number("executors"),
            round.text("wire").equals("bfloat16") ? BFLOAT16 : FLOAT32);
    return new Measured(shape, Rates.parse(round.text("seconds")).median());
  }

  private static boolean isFitted(Measured cell) {
    long parameters = cell.shape().parameters();
    boolean middle = parameters > MIDDLE_LEAST && parameters < MIDDLE_MOST;
    return !middle && FITTED_SHARDS.contains(cell.shape().shards());
  }

  String text(String picture) {
    return String.format(
        Locale.ROOT,
        """

        ## To a thousand executors, by calculation

        No cluster of that size was at hand. A model of a round's cost, its constants taken from some of the cells above, predicts the
        others; then it is drawn for networks and numbers of executors that were not measured. P are parameters, S shards, E executors of
        one core, R the reducers: E, or as many as there are chunks (16, or one per 64 MiB of all contributions) if that is less; a
        network of W bytes per second and machine adds bytes / W.

        %s
        Cells that the constants were not made from:

        %s
        Assumptions, where they matter: every executor and the driver have a machine and a network interface of their own (16 cores that
        share one have a sixteenth of its bandwidth each). A broadcast passes twice through the busiest machine (Spark's executors pass its
        blocks on). Contributions of up to 64 MB together go to the driver, larger ones are shuffled from all to all, to R reducers. The
        driver collects one model. It starts tasks one after the other. Nothing of this overlaps with anything else or with training. Half
        of what a contribution costs is spent by who makes it and half by who adds it. Stragglers are not in the model: a round waits for
        the slowest executor. Whether so many shards still learn is another question: [workers.md](workers.md).

        Seconds of a round beside its training, one shard per executor, float32 on the wire:

        %s
        Executors' worth of training (executors times the share of time in which they train), a round every %d seconds of work:

        %s
        ![share of time in which executors train](%s)
        """,
        constants(),
        predictions(),
        seconds(),
        TABULATED_WORK,
        worth(),
        picture);
  }

  private String constants() {
    return EngineReport.table("constant", "of", "value")
        .row(List.of("fixed", "round", number("%.3f s", model.fixed())))
        .row(List.of("per task, driver", "S", number("%.2f ms", 1e3 * model.perTask())))
        .row(
            List.of(
                "per task, executor", "S / E", number("%.2f ms", 1e3 * model.perExecutorTask())))
        .row(List.of("per parameter", "P", number("%.1f ns", 1e9 * model.perParameter())))
        .row(
            List.of(
                "per contribution's parameter",
                "P (S / E + S / R) / 2",
                number("%.1f ns", 1e9 * model.perContribution())))
        .toString();
  }

  private String predictions() {
    var table =
        EngineReport.table(
            "parameters",
            "shards",
            "executors",
            "bytes on the wire",
            "measured, s",
            "predicted, s",
            "error");
    for (Measured cell : heldOut) {
      RoundShape shape = cell.shape();
      double predicted = model.overhead(shape);
      table.row(
          List.of(
              number("%,.0f", (double) shape.parameters()),
              Integer.toString(shape.shards()),
              Integer.toString(shape.executors()),
              Integer.toString(shape.wireBytes()),
              number("%.2f", cell.seconds()),
              number("%.2f", predicted),
              String.format(
                  Locale.ROOT, "%+d %%", Math.round(100 * (predicted / cell.seconds() - 1)))));
    }
    return table.toString();
  }

  private String seconds() {
    return grid((shape, bandwidth) -> number("%.2f", model.overhead(shape, bandwidth)));
  }

  private String worth() {
    return grid(
        (shape, bandwidth) ->
            number("%.1f", shape.executors() * model.efficiency(shape, bandwidth, TABULATED_WORK)));
  }

  private interface Cell {
    String text(RoundShape shape, double bandwidth);
  }

  private static String grid(Cell cell) {
    Stream<String> header =
        Stream.concat(Stream.of("parameters, Gbit/s"), TABULATED.stream().map(e -> "E = " + e));
    var table = EngineReport.table(header.toArray(String[]::new));
    for (long parameters : MODELS) {
      for (int bandwidth : BANDWIDTHS) {
        var row =
            new ArrayList<>(
                List.of(String.format(Locale.ROOT, "%d M, %d", parameters / 1_000_000, bandwidth)));
        TABULATED.forEach(
            e ->
                row.add(cell.text(new RoundShape(parameters, e, e, FLOAT32), bandwidth * GIGABIT)));
        table.row(row);
      }
    }
    return table.toString();
  }

  /** A panel per interval between rounds, a line per model and bandwidth. */
  String picture() {
    return LineChart.svg(WORK.stream().map(this::panel).toList(), WORK.size());
  }

  private Panel panel(int work) {
    var lines = new ArrayList<Line>();
    for (long parameters : MODELS) {
      for (int bandwidth : BANDWIDTHS) {
        List<Point> points =
            EXECUTORS.stream()
                .map(e -> new RoundShape(parameters, e, e, FLOAT32))
                .map(s -> new Point(s.executors(), model.efficiency(s, bandwidth * GIGABIT, work)))
                .toList();
        lines.add(
            new Line(
                String.format(
                    Locale.ROOT, "%d M parameters, %d Gbit/s", parameters / 1_000_000, bandwidth),
                points));
      }
    }
    return new Panel(
        String.format(Locale.ROOT, "a round every %d s of work", work),
        Axis.logarithmic("executors", List.of(1.0, 10.0, 100.0, 1000.0)),
        Axis.linear("share of time in which executors train", 0, 1),
        lines);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
