package org.rondo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rondo.bench.Measurement.Kind;

/**
 * Writes docs/results/speed.md from the lines that scripts/bench-peers.sh collected: speed beside
 * the peers, ratios beside their goals, memory, and how far from the machine's limit a step is.
 *
 * <p>Usage: {@code SpeedReport FIGURES}; prints the document.
 */
public final class SpeedReport {
  private static final String MISSING = "-";

  /** The order of the columns of a table of implementations. */
  private static final List<String> IMPLEMENTATIONS =
      List.of(
          "Rondo bfloat16", "Rondo float32", "PyTorch bfloat16", "PyTorch float32", "DL4J float32");

  private final List<Figure> figures;
  private final List<String> configurations;

  private SpeedReport(List<Figure> figures) {
    this.figures = figures;
    this.configurations =
        Configuration.ALL.stream()
            .map(Configuration::name)
            .filter(
                name ->
                    figures.stream().anyMatch(f -> name.equals(f.values().get("configuration"))))
            .toList();
  }

  /** Prints the document. */
  public static void main(String[] arguments) throws IOException {
    List<Figure> figures =
        Files.readAllLines(Path.of(arguments[0])).stream().map(Figure::parse).toList();
    System.out.print(document(figures));
  }

  static String document(List<Figure> figures) {
    var report = new SpeedReport(figures);
    return String.format(
        Locale.ROOT,
        """
        # Speed of the training step

        Whole step (embedding, two recurrent layers, softmax, clipping by global norm, SGD, hidden state carried), one thread,
        random tokens. Rondo and its peers ran in turns, in one run of

            %s

        %s
        ## Tokens per second

        Median over all windows (least - most).

        %s
        Other than training by one task:

        %s
        ## Ratios and goals

        %s
        DL4J keeps no hidden state between minibatches and clips each layer by itself, which is less work. PyTorch's gradient of the
        embedding is dense, the default of its layer, which is more work than Rondo's, whose gradient holds the rows that occur.
        PyTorch's bfloat16 is its autocast. Inference is the forward pass; Rondo's includes the loss of every token, PyTorch's ends at the logits.

        ## Memory

        Peak resident memory of the whole process in MB. Rondo's includes the JVM (a heap of at most 64 MB, serial collector);
        its networks are off the heap. Bytes on the heap are what the JVM counts for one step once everything is compiled: records that name
        the step, such as its loss, and no buffers.

        %s
        %s""",
        report.about("command"),
        report.machine(),
        report.speeds(),
        report.others(),
        report.ratios(),
        report.memory(),
        LimitReport.sections(figures));
  }

  private String about(String key) {
    return figures.stream()
        .filter(figure -> figure.kind().equals("about"))
        .map(figure -> figure.values().get(key))
        .filter(value -> value != null)
        .findFirst()
        .orElse(MISSING);
  }

  private String machine() {
    var table = new MarkdownTable(List.of("", ""));
    for (String key : List.of("date", "processor", "cores", "memory", "java")) {
      table.row(List.of(key, about(key)));
    }
    for (String implementation : List.of(Kind.RONDO, Kind.PYTORCH, Kind.DL4J)) {
      String kernels =
          figures.stream()
              .filter(figure -> implementation.equals(figure.values().get("implementation")))
              .map(figure -> figure.text("kernels"))
              .findFirst()
              .orElse("not measured");
      table.row(List.of(implementation, kernels));
    }
    return table.toString();
  }

  private String speeds() {
    var header = new ArrayList<>(List.of("configuration", "vocabulary, units, B, T"));
    header.addAll(IMPLEMENTATIONS);
    var table = new MarkdownTable(header);
    for (String name : configurations) {
      Configuration c = Configuration.named(name);
      var row = new ArrayList<String>();
      row.add(name);
      row.add(
          String.format(
              Locale.ROOT, "%,d, %d, %d, %d", c.vocabulary(), c.units(), c.batch(), c.unroll()));
      kinds(name).map(this::speed).forEach(row::add);
      table.row(row);
    }
    return table.toString();
  }

  /** In the order of {@link #IMPLEMENTATIONS}. */
  private static Stream<Kind> kinds(String configuration) {
    return Stream.of(
        Kind.training(Kind.RONDO, configuration, Kind.BFLOAT16),
        Kind.training(Kind.RONDO, configuration, Kind.FLOAT32),
        Kind.training(Kind.PYTORCH, configuration, Kind.BFLOAT16),
        Kind.training(Kind.PYTORCH, configuration, Kind.FLOAT32),
        Kind.training(Kind.DL4J, configuration, Kind.FLOAT32));
  }

  private String speed(Kind kind) {
    return Measurement.find(figures, kind)
        .map(Measurement::rates)
        .map(
            rates ->
                String.format(
                    Locale.ROOT,
                    "%,.0f (%,.0f - %,.0f)",
                    rates.median(),
                    rates.least(),
                    rates.most()))
        .orElse(MISSING);
  }

  private String others() {
    MarkdownTable table = byConfiguration();
    speedRow(table, "Rondo bfloat16, two tasks", c -> Kind.twoTasks(c, Kind.BFLOAT16));
    for (String precision : List.of(Kind.BFLOAT16, Kind.FLOAT32)) {
      speedRow(
          table,
          String.format(Locale.ROOT, "Rondo %s, inference", precision),
          c -> Kind.inference(Kind.RONDO, c, precision));
      speedRow(
          table,
          String.format(Locale.ROOT, "PyTorch %s, inference", precision),
          c -> Kind.inference(Kind.PYTORCH, c, precision));
    }
    return table.toString();
  }

  private void speedRow(MarkdownTable table, String name, Function<String, Kind> kind) {
    var row = new ArrayList<>(List.of(name));
    configurations.stream().map(kind).map(this::speed).forEach(row::add);
    table.row(row);
  }

  private MarkdownTable byConfiguration() {
    var header = new ArrayList<>(List.of(""));
    header.addAll(configurations);
    return new MarkdownTable(header);
  }

  private String ratios() {
    MarkdownTable table = byConfiguration();
    for (Goal goal : Goal.ALL) {
      var row = new ArrayList<>(List.of(goal.name()));
      configurations.forEach(configuration -> row.add(ratio(goal, configuration)));
      table.row(row);
    }
    return table.toString();
  }

  /** As {@code 2.81 >= 2.7} where the goal is reached, {@code 2.61 < 2.7} where it is not. */
  private String ratio(Goal goal, String configuration) {
    Optional<Measurement> above = Measurement.find(figures, goal.above().apply(configuration));
    Optional<Measurement> below = Measurement.find(figures, goal.below().apply(configuration));
    if (above.isEmpty() || below.isEmpty()) {
      return MISSING;
    }
    double ratio = above.get().rates().median() / below.get().rates().median();
    String measured = String.format(Locale.ROOT, "%.2f", ratio);
    Double least = goal.least().get(configuration);
    return least == null ? measured : measured + (ratio >= least ? " >= " : " < ") + least;
  }

  private String memory() {
    var header = new ArrayList<>(List.of("configuration"));
    header.addAll(IMPLEMENTATIONS);
    header.add("Rondo off the heap, bfloat16 / float32");
    header.add("bytes per step on the heap, bfloat16 / float32");
    var table = new MarkdownTable(header);
    for (String name : configurations) {
      var row = new ArrayList<>(List.of(name));
      kinds(name)
          .map(kind -> Measurement.find(figures, kind))
          .map(
              m ->
                  m.map(found -> String.format(Locale.ROOT, "%.0f", found.residentMegabytes()))
                      .orElse(MISSING))
          .forEach(row::add);
      row.add(both(name, "native_mb"));
      row.add(both(name, "heap_bytes"));
      table.row(row);
    }
    return table.toString();
  }

  private String both(String configuration, String key) {
    return Stream.of(Kind.BFLOAT16, Kind.FLOAT32)
        .map(precision -> Kind.training(Kind.RONDO, configuration, precision))
        .map(kind -> Measurement.find(figures, kind).map(m -> m.last().text(key)).orElse(MISSING))
        .collect(Collectors.joining(" / "));
  }
}
