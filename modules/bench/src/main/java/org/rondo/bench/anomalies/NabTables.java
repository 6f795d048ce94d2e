package org.rondo.bench.anomalies;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rondo.evaluation.anomalies.NabScorer;

/**
 * Writes the series of the Numenta Anomaly Benchmark as one table with the columns {@code
 * unique_id}, {@code ds} and {@code y}: once their probationary steps alone, which a detector may
 * learn, and once all of them. Steps are numbered, since some times come twice in NAB's files.
 *
 * <p>Usage: {@code NabTables CORPUS.zip LEARNED.csv ALL.csv}.
 */
public final class NabTables {
  private NabTables() {}

  /** Writes the tables. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "usage: NabTables CORPUS.zip LEARNED.csv ALL.csv, got %d arguments",
              arguments.length));
    }
    NabCorpus corpus = NabCorpus.read(Path.of(arguments[0]));
    write(corpus, Path.of(arguments[1]), true);
    write(corpus, Path.of(arguments[2]), false);
  }

  private static void write(NabCorpus corpus, Path file, boolean learned) throws IOException {
    try (var out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.println("unique_id,ds,y");
      for (NabCorpus.Series series : corpus.series()) {
        double[] values = series.values();
        int steps = learned ? NabScorer.probationarySteps(values.length) : values.length;
        for (int t = 0; t < steps; t++) {
          out.println(series.name() + "," + t + "," + values[t]);
        }
      }
    }
  }
}
