package org.rondo.bench.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.rondo.charts.LineChart;

/**
 * Perplexity against the number of workers, from finished runs: draws the picture and prints tables
 * in Markdown.
 *
 * <p>Usage: {@code WorkersReport FOLDER PICTURE.svg}; the folder holds a file per run, see {@link
 * Run#readAll}.
 */
public final class WorkersReport {
  private static final int COLUMNS = 2;

  private WorkersReport() {}

  /** Writes the picture and prints the tables. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "usage: WorkersReport FOLDER PICTURE.svg, got %d arguments",
              arguments.length));
    }
    List<Study> studies = Study.of(Run.readAll(Path.of(arguments[0])));
    Files.writeString(Path.of(arguments[1]), picture(studies));
    System.out.print(tables(studies));
  }

  static String picture(List<Study> studies) {
    return LineChart.svg(studies.stream().map(WorkersPanel::of).toList(), COLUMNS);
  }

  /** For each model what was learned and with which rates; at the end every run there was. */
  static String tables(List<Study> studies) {
    var text = new StringBuilder();
    for (Study study : studies) {
      var tables = new Tables(study);
      text.append("## ").append(study.model()).append("\n\n");
      text.append(tables.tokens()).append("\n\n");
      text.append(tables.perplexities()).append("\nChosen learning rates:\n\n");
      text.append(tables.learningRates()).append('\n');
    }
    text.append("## Every run\n");
    for (Study study : studies) {
      text.append("\nValidation perplexity of ").append(study.model()).append(":\n\n");
      text.append(new Tables(study).everyRun());
    }
    return text.toString();
  }
}
