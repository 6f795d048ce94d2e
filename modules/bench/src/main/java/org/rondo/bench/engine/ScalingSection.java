package org.rondo.bench.engine;

import static org.rondo.bench.engine.EngineReport.ofKind;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.bench.Figure;
import org.rondo.bench.MarkdownTable;
import org.rondo.bench.Rates;

/** Tokens per second of one job on several numbers of executors, beside training alone and DL4J. */
final class ScalingSection {
  private static final String NONE = "-";

  private final List<Figure> figures;

  /**
   * @param figures of one machine
   */
  ScalingSection(List<Figure> figures) {
    this.figures = figures;
  }

  String text() {
    List<Figure> together = ofKind("together", figures);
    Figure any = together.get(0);
    Optional<Rates> alone = alone();
    var table =
        EngineReport.table(
            "", "tokens/s, median (least - most)", "against 1 executor", "against no rounds");
    alone.ifPresent(
        rates -> table.row(List.of("Rondo, one thread, no rounds", rates(rates), NONE, NONE)));
    for (int executors : executors(together)) {
      row(table, "Rondo", together, executors, alone);
    }
    List<Figure> dl4j = ofKind("dl4j", figures);
    for (int executors : executors(dl4j)) {
      row(table, "DL4J", dl4j, executors, Optional.empty());
    }
    return String.format(
        Locale.ROOT,
        """
        Model M (vocabulary 10,000, 2 x 650 units, B 20, T 35), random tokens, %s, executors of one core, embedded (local-cluster).
        Rondo's job is the same in every row: %d shards, rounds of %d minibatches a shard (%s tokens in all), parameters averaged
        after each; every row ran %d rounds behind those in which the JVM compiles, in turns with the others. Without rounds, the
        same step runs in one thread with no Spark.

        %s%s""",
        any.text("precision"),
        (int) any.number("shards"),
        (int) any.number("sync_every"),
        String.format(Locale.ROOT, "%,.0f", any.number("round_tokens")),
        rates(together, executors(together).get(0)).windows().size(),
        table,
        dl4j.isEmpty() ? "" : dl4j(dl4j));
  }

  private static String dl4j(List<Figure> dl4j) {
    return String.format(
        Locale.ROOT,
        """

        DL4J is dl4j-spark 1.0.0-M2's ParameterAveragingTrainingMaster with a worker per executor, which average after %d minibatches
        each: about the same seconds of work as Rondo's rounds. It computes in float32, keeps no hidden state between minibatches and
        clips each layer by itself.
        """,
        (int) dl4j.get(0).number("sync_every"));
  }

  private static void row(
      MarkdownTable table, String name, List<Figure> all, int executors, Optional<Rates> alone) {
    Rates rates = rates(all, executors);
    table.row(
        List.of(
            String.format(
                Locale.ROOT, "%s, %d executor%s", name, executors, executors == 1 ? "" : "s"),
            rates(rates),
            executors == 1 || !executors(all).contains(1) ? NONE : ratio(rates, rates(all, 1)),
            alone.map(a -> ratio(rates, a)).orElse(NONE)));
  }

  private Optional<Rates> alone() {
    return ofKind("step", figures).stream()
        .map(figure -> Rates.parse(figure.text("windows")))
        .reduce(Rates::and);
  }

  private static List<Integer> executors(List<Figure> runs) {
    return runs.stream().map(run -> (int) run.number("executors")).distinct().sorted().toList();
  }

  private static Rates rates(List<Figure> runs, int executors) {
    return runs.stream()
        .filter(run -> (int) run.number("executors") == executors)
        .map(ScalingSection::rates)
        .reduce(Rates::and)
        .orElseThrow();
  }

  private static Rates rates(Figure run) {
    if (run.values().containsKey("windows")) {
      return Rates.parse(run.text("windows"));
    }
    double tokens = run.number("round_tokens");
    return new Rates(
        Rates.parse(run.text("seconds")).windows().stream().map(s -> tokens / s).toList());
  }

  private static String rates(Rates rates) {
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f - %,.0f)", rates.median(), rates.least(), rates.most());
  }

  private static String ratio(Rates above, Rates below) {
    return String.format(Locale.ROOT, "%.2f", above.median() / below.median());
  }
}
