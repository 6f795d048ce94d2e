package org.rondo.bench.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rondo.bench.MarkdownTable;

/** A study in Markdown. */
final class Tables {
  private static final String NONE = "-";

  private final Study study;

  Tables(Study study) {
    this.study = study;
  }

  /** How much each run trained, which should be the same for all. */
  String tokens() {
    var tokens = study.runs().stream().mapToLong(Run::tokens).summaryStatistics();
    String amount =
        tokens.getMin() == tokens.getMax()
            ? "%,d tokens"
            : "between %2$,d and %1$,d tokens, what fills whole rounds";
    return String.format(
        Locale.ROOT, "Each run trains " + amount + ".", tokens.getMax(), tokens.getMin());
  }

  /** Mean and spread over the seeds, and how far that is from one worker. */
  String perplexities() {
    return table(this::perplexity);
  }

  String learningRates() {
    return table(outcome -> Double.toString(outcome.learningRate()));
  }

  /** A row per synchronizer, shards and rate, a column per seed; what was chosen in bold. */
  String everyRun() {
    List<Integer> seeds = study.runs().stream().map(Run::seed).distinct().sorted().toList();
    var header = new ArrayList<>(List.of("synchronizer", "shards", "learning rate"));
    seeds.forEach(seed -> header.add("seed " + seed));
    var table = new MarkdownTable(header);
    for (String synchronizer : study.synchronizers()) {
      for (int shards : study.shards()) {
        List<Run> runs = study.of(synchronizer, shards);
        runs.stream()
            .map(Run::learningRate)
            .distinct()
            .sorted()
            .map(rate -> row(runs, rate, seeds))
            .forEach(table::row);
      }
    }
    return table.toString();
  }

  private static List<String> row(List<Run> runs, double rate, List<Integer> seeds) {
    boolean chosen = Outcome.of(runs).orElseThrow().learningRate() == rate;
    Run any = runs.get(0);
    var row = new ArrayList<String>();
    row.add(any.synchronizer());
    row.add(Integer.toString(any.shards()));
    row.add(chosen ? "**" + rate + "**" : Double.toString(rate));
    for (int seed : seeds) {
      row.add(
          runs.stream()
              .filter(run -> run.seed() == seed && run.learningRate() == rate)
              .map(run -> number(run.perplexity()))
              .findFirst()
              .orElse(NONE));
    }
    return row;
  }

  private String table(Function<Outcome, String> cell) {
    Stream<String> columns = study.shards().stream().map(Tables::workers);
    var table = new MarkdownTable(Stream.concat(Stream.of("synchronizer"), columns).toList());
    for (String synchronizer : study.synchronizers()) {
      Stream<String> cells =
          study.shards().stream()
              .map(shards -> study.outcome(synchronizer, shards).map(cell).orElse(NONE));
      table.row(Stream.concat(Stream.of(synchronizer), cells).toList());
    }
    return table.toString();
  }

  private static String workers(int shards) {
    return shards == 1 ? "1 worker" : shards + " workers";
  }

  private String perplexity(Outcome outcome) {
    String text = number(outcome.mean());
    if (!Double.isFinite(outcome.mean())) {
      return text;
    }
    if (outcome.chosen().size() > 1) {
      text += String.format(Locale.ROOT, " ± %.1f", outcome.spread());
    }
    return text + difference(outcome);
  }

  private String difference(Outcome outcome) {
    Optional<Outcome> one = study.oneWorker().filter(o -> !o.equals(outcome));
    return one.map(o -> 100 * (outcome.mean() / o.mean() - 1))
        .map(percent -> String.format(Locale.ROOT, " (%+.1f %%)", percent))
        .orElse("");
  }

  private static String number(double perplexity) {
    return Double.isFinite(perplexity)
        ? String.format(Locale.ROOT, "%.1f", perplexity)
        : "diverged";
  }
}
