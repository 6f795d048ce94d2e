package org.rondo.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rondo.bench.Figure;
import org.rondo.bench.MarkdownTable;

/**
 * Writes docs/results/scaling.md from the figures that scripts/bench-scaling.sh, bench-rounds.sh
 * and bench-growth.sh collected; what was not measured has no section.
 *
 * <p>Usage: {@code EngineReport PICTURE.svg FIGURES ...}; prints the document, draws the picture if
 * the cost of rounds was measured.
 */
public final class EngineReport {
  private static final String INTRODUCTION =
      """
      # Scaling

      What training on several executors gains and costs. Each section has its command; all are run on an idle machine and
      write this document anew.

          scripts/bench-scaling.sh
          scripts/bench-rounds.sh
          scripts/bench-growth.sh
      """;

  private EngineReport() {}

  /** Prints the document and draws the picture. */
  public static void main(String[] arguments) throws IOException {
    Path picture = Path.of(arguments[0]);
    var files = new ArrayList<List<Figure>>();
    for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
      files.add(Files.readAllLines(Path.of(file)).stream().map(Figure::parse).toList());
    }
    System.out.print(document(files, picture.getFileName().toString()));
    Optional<CostReport> costs = costs(files);
    if (costs.isPresent()) {
      Files.writeString(picture, costs.get().picture());
    }
  }

  /**
   * The document.
   *
   * @param files the figures of one machine and command each
   * @param picture how the document links to the picture
   */
  static String document(List<List<Figure>> files, String picture) {
    var text = new StringBuilder(INTRODUCTION);
    for (List<Figure> figures : files) {
      if (has(figures, "together")) {
        section(text, "Executors side by side", figures, new ScalingSection(figures).text());
      }
    }
    for (List<Figure> figures : files) {
      if (has(figures, "round")) {
        section(text, "What a round costs", figures, new RoundsSection(figures).text());
      }
      if (has(figures, "growth")) {
        section(text, "A thousand rounds", figures, new GrowthSection(figures).text());
      }
    }
    costs(files).ifPresent(costs -> text.append(costs.text(picture)));
    return text.toString();
  }

  private static Optional<CostReport> costs(List<List<Figure>> files) {
    return files.stream()
        .filter(figures -> has(figures, "round"))
        .filter(CostReport::isComplete)
        .map(CostReport::new)
        .findFirst();
  }

  private static boolean has(List<Figure> figures, String kind) {
    return !ofKind(kind, figures).isEmpty();
  }

  static List<Figure> ofKind(String kind, List<Figure> figures) {
    return figures.stream().filter(figure -> figure.kind().equals(kind)).toList();
  }

  private static void section(
      StringBuilder text, String title, List<Figure> figures, String content) {
    text.append("\n## ").append(title).append("\n\n");
    ofKind("about", figures).stream().findFirst().ifPresent(about -> text.append(machine(about)));
    text.append(content);
  }

  private static String machine(Figure about) {
    String values =
        List.of("processor", "cores", "memory", "java").stream()
            .map(key -> key.equals("cores") ? about.text(key) + " cores" : about.text(key))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "    %s\n\nMeasured on %s: %s.\n\n",
        about.text("command"),
        about.text("date"),
        values);
  }

  static MarkdownTable table(String... header) {
    return new MarkdownTable(List.of(header));
  }
}
