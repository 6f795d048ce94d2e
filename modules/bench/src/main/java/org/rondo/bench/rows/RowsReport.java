package org.rondo.bench.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.bench.Figure;
import org.rondo.bench.MarkdownTable;
import org.rondo.bench.Rates;

/**
 * Writes the section on training steps of the report of scripts/bench-tasks.sh from the lines that
 * {@link RowsStep} and its peer printed.
 *
 * <p>Usage: {@code RowsReport FIGURES}; prints Markdown.
 */
public final class RowsReport {
  private final List<Figure> figures;

  private RowsReport(List<Figure> figures) {
    this.figures = figures;
  }

  /** Prints the section. */
  public static void main(String[] arguments) throws IOException {
    List<Figure> figures =
        Files.readAllLines(Path.of(arguments[0])).stream().map(Figure::parse).toList();
    System.out.print(section(figures));
  }

  static String section(List<Figure> figures) {
    var report = new RowsReport(figures);
    var table =
        new MarkdownTable(
            List.of("network", "precision", "Rondo", "PyTorch", "ratio", "aim", "padding"));
    for (RowsConfiguration configuration : RowsConfiguration.ALL) {
      for (String precision : List.of("float32", "bfloat16")) {
        report.row(configuration, precision).ifPresent(table::row);
      }
    }
    return String.format(
        Locale.ROOT,
        """
        ## Training step on sequences

        Real steps of sequences per second, padding not counted; medians over all windows, one thread, both in turns on minibatches of
        the same lengths: those of IMDB's reviews cut at 400 (classifier: embedding 128, bidirectional LSTM 128, maximum over the steps)
        and of CoNLL-2000's sentences (tagger: embedding 100, bidirectional LSTM 128, 23 tags; with a softmax, and with a CRF). Dropout,
        clipping by global norm and Adam (PyTorch's fused one) included. The translator has a vocabulary of 8,000, an encoder of 2 x 256
        and a decoder of 1 x 256 with general attention and input feeding, 64 sentences of 5 to 40 words, translations as long; PyTorch packs its sequences, its bfloat16 is autocast.
        The transcriber is that of conf/speech.conf: steps of 160 values, an encoder of 2 x 96 in both directions, CTC over 29 characters and the
        blank; 32 recordings of 120 to 240 steps, a character for eight steps.
        The forecaster reads 168 steps of 7 channels by an LSTM of 128 and gives 24 steps of them from its last state, 32 windows; clips are
        10 frames of 16 x 16 pixels, 16 of them, under convolutions of 8 and 16 filters and an LSTM of 64. Neither has dropout or padding.

        %s
        """,
        table);
  }

  private Optional<List<String>> row(RowsConfiguration of, String precision) {
    String configuration = of.name();
    Optional<Figure> first =
        figures.stream().filter(f -> is(f, "rondo", configuration, precision)).findFirst();
    Double aim = of.aims().get(precision);
    return first.map(
        rondo -> {
          double here = rates("rondo", configuration, precision).orElseThrow().median();
          Optional<Double> peer = rates("pytorch", configuration, precision).map(Rates::median);
          return List.of(
              configuration,
              precision,
              String.format(Locale.ROOT, "%,.0f", here),
              peer.map(rate -> String.format(Locale.ROOT, "%,.0f", rate)).orElse("-"),
              peer.map(rate -> String.format(Locale.ROOT, "%.2f", here / rate)).orElse("-"),
              aim == null ? "-" : aim.toString(),
              String.format(Locale.ROOT, "%.1f %%", 100 * rondo.number("padding")));
        });
  }

  private Optional<Rates> rates(String implementation, String configuration, String precision) {
    return figures.stream()
        .filter(figure -> is(figure, implementation, configuration, precision))
        .map(figure -> Rates.parse(figure.text("windows")))
        .reduce(Rates::and);
  }

  private static boolean is(
      Figure figure, String implementation, String configuration, String precision) {
    return figure.text("implementation").equals(implementation)
        && figure.text("configuration").equals(configuration)
        && figure.text("precision").equals(precision);
  }
}
