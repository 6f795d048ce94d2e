package org.rondo.bench.anomalies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.rondo.evaluation.anomalies.Interval;

/**
 * The labelled series of the Numenta Anomaly Benchmark, from a ZIP file that holds {@code
 * data/GROUP/NAME.csv} (timestamp, value) and {@code labels/combined_windows.json} as NAB's
 * repository does.
 *
 * @param series in the order of the labels
 */
record NabCorpus(List<Series> series) {
  private static final String LABELS = "labels/combined_windows.json";

  /** One series. */
  static final class Series {
    private final String name;
    private final double[] values;
    private final List<Interval> windows;

    private Series(String name, double[] values, List<Interval> windows) {
      this.name = name;
      this.values = values;
      this.windows = List.copyOf(windows);
    }

    /** {@code GROUP/NAME.csv}. */
    String name() {
      return name;
    }

    /** The value of each step; not to be modified. */
    double[] values() {
      return values;
    }

    /** The steps within which an anomaly is to be detected. */
    List<Interval> windows() {
      return windows;
    }
  }

  /**
   * Reads the whole corpus.
   *
   * @throws IOException if the file cannot be read, lacks an entry or holds what is no series; the
   *     message names the entry
   */
  static NabCorpus read(Path zip) throws IOException {
    try (var file = new ZipFile(zip.toFile())) {
      var series = new ArrayList<Series>();
      try (InputStream labels = open(file, LABELS)) {
        for (Map.Entry<String, JsonNode> entry : new ObjectMapper().readTree(labels).properties()) {
          series.add(series(file, entry.getKey(), entry.getValue()));
        }
      }
      return new NabCorpus(series);
    }
  }

  private static Series series(ZipFile file, String name, JsonNode labels) throws IOException {
    var times = new ArrayList<String>();
    var values = new ArrayList<Double>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(open(file, "data/" + name), StandardCharsets.UTF_8))) {
      lines.readLine(); // the header
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comma = line.indexOf(',');
        times.add(line.substring(0, comma));
        values.add(Double.valueOf(line.substring(comma + 1)));
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s, line %d: must be a time and a number", name, values.size() + 2),
          e);
    }
    var windows = new ArrayList<Interval>();
    for (JsonNode window : labels) {
      windows.add(new Interval(step(name, times, window.get(0)), step(name, times, window.get(1))));
    }
    return new Series(name, values.stream().mapToDouble(v -> v).toArray(), windows);
  }

  /** Labels give fractions of seconds, the data none. */
  private static int step(String name, List<String> times, JsonNode label) throws IOException {
    int step = times.indexOf(label.asText().replaceFirst("\\.0+$", ""));
    if (step < 0) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s of %s: there is no step at %s", LABELS, name, label.asText()));
    }
    return step;
  }

  private static InputStream open(ZipFile file, String name) throws IOException {
    ZipEntry entry = file.getEntry(name);
    if (entry == null) {
      throw new IOException(String.format(Locale.ROOT, "%s holds no %s", file.getName(), name));
    }
    return file.getInputStream(entry);
  }
}
