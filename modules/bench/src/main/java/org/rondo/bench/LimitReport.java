package org.rondo.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** How far from the machine's limit a step is, and where the rest goes: sections of Markdown. */
final class LimitReport {
  private static final String PROFILE = "profile";
  private static final String PRODUCT = "product";
  private static final String PASS = "pass";

  /** The one whose products are listed one by one. */
  private static final String DETAILED = "M";

  private final List<Figure> figures;
  private final String precision;

  private LimitReport(List<Figure> figures, String precision) {
    this.precision = precision;
    this.figures =
        figures.stream().filter(f -> precision.equals(f.values().get("precision"))).toList();
  }

  /** A table of the step's parts for each precision that was profiled, then one of products. */
  static String sections(List<Figure> figures) {
    var text =
        new StringBuilder(
            """
            ## Distance to the limit

            Milliseconds of a step. The limit is what the step's own products take when nothing runs between them, each at its shape and
            its operands' layout; everything else, and what products lose by running among it, is distance.

            """);
    for (String precision : List.of("bfloat16", "float32")) {
      var report = new LimitReport(figures, precision);
      if (!report.configurations().isEmpty()) {
        text.append("### ").append(precision).append("\n\n").append(report.parts()).append('\n');
        report.products().forEach(text::append);
      }
    }
    return text.toString();
  }

  private List<String> configurations() {
    return of(PROFILE).map(figure -> figure.text("configuration")).toList();
  }

  private Stream<Figure> of(String kind) {
    return figures.stream().filter(figure -> figure.kind().equals(kind));
  }

  private String parts() {
    var header = new ArrayList<>(List.of(""));
    header.addAll(configurations());
    var table = new MarkdownTable(header);
    table.row(profileRow("step", p -> p.number("step_ms"), "%.2f"));
    table.row(profileRow("its products alone", p -> p.number("products_alone_ms"), "%.2f"));
    table.row(profileRow("percent of the limit", p -> p.number("ceiling_percent"), "%.0f %%"));
    table.row(
        profileRow(
            "products, slower among the rest",
            p -> p.number("products_ms") - p.number("products_alone_ms"),
            "%.2f"));
    table.row(profileRow("packing of weights", p -> p.number("packing_ms"), "%.2f"));
    passes().forEach(pass -> table.row(passRow(pass)));
    table.row(profileRow("ids, copies, calls", p -> p.number("rest_ms"), "%.2f"));
    return table.toString();
  }

  private List<String> profileRow(String name, Function<Figure, Double> value, String format) {
    var row = new ArrayList<>(List.of(name));
    of(PROFILE).map(value).map(v -> String.format(Locale.ROOT, format, v)).forEach(row::add);
    return row;
  }

  private Set<String> passes() {
    return of(PASS)
        .map(figure -> figure.text("name"))
        .collect(LinkedHashSet::new, Set::add, Set::addAll);
  }

  private List<String> passRow(String pass) {
    var row = new ArrayList<>(List.of("`" + pass + "`"));
    for (String configuration : configurations()) {
      row.add(
          of(PASS)
              .filter(figure -> figure.text("name").equals(pass))
              .filter(figure -> figure.text("configuration").equals(configuration))
              .map(figure -> String.format(Locale.ROOT, "%.2f", figure.number("in_step_ms")))
              .findFirst()
              .orElse(""));
    }
    return row;
  }

  private Stream<String> products() {
    if (!configurations().contains(DETAILED)) {
      return Stream.empty();
    }
    var table =
        new MarkdownTable(
            List.of("m x k x n", "calls", "ms in the step", "GFLOP/s", "ms alone", "GFLOP/s"));
    of(PRODUCT)
        .filter(figure -> figure.text("configuration").equals(DETAILED))
        .map(
            figure ->
                List.of(
                    figure.text("name"),
                    figure.text("calls"),
                    figure.text("in_step_ms"),
                    figure.text("in_step_gflops"),
                    figure.text("alone_ms"),
                    figure.text("alone_gflops")))
        .forEach(table::row);
    return Stream.of("Products of ", DETAILED, " in ", precision, ":\n\n", table.toString(), "\n");
  }
}
