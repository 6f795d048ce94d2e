package org.rondo.bench.anomalies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.bench.anomalies.NabCorpus.Series;

/**
 * Scores that {@code rondo predict} wrote as JSON, of the steps of {@link NabTables}.
 *
 * @param folder of the files
 */
record PredictedScores(Path folder) {
  /**
   * Those of all series, in their order.
   *
   * @throws IOException if a file cannot be read, or a step has no score
   */
  List<double[]> of(List<Series> series) throws IOException {
    var scores = new HashMap<String, double[]>();
    for (Series each : series) {
      var own = new double[each.values().length];
      Arrays.fill(own, Double.NaN);
      scores.put(each.name(), own);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        read(file, scores);
      }
    }
    for (Map.Entry<String, double[]> each : scores.entrySet()) {
      for (int t = 0; t < each.getValue().length; t++) {
        if (Double.isNaN(each.getValue()[t])) {
          throw new IOException(
              String.format(
                  Locale.ROOT, "%s: step %d of %s has no score", folder, t, each.getKey()));
        }
      }
    }
    return series.stream().map(each -> scores.get(each.name())).toList();
  }

  private static void read(Path file, Map<String, double[]> scores) throws IOException {
    var json = new ObjectMapper();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = json.readTree(line);
        int step = Integer.parseInt(row.required("ds").asText());
        scores.get(row.required("unique_id").asText())[step] =
            row.required("outlierScore").asDouble();
      }
    }
  }
}
