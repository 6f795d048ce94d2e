package org.rondo.bench.anomalies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rondo.evaluation.anomalies.NabProfile;

/**
 * What other detectors gave and reached, from the folder {@code results} of NAB's repository:
 * {@code DETECTOR/GROUP/DETECTOR_NAME.csv} with the anomaly scores, {@code final_results.json} with
 * NAB's.
 *
 * @param folder of results
 * @param detector name of it, such as {@code numenta}
 */
record PublishedScores(Path folder, String detector) {
  private static final String FINAL = "final_results.json";

  /** The detectors whose scores and whose results are there. */
  static List<String> detectors(Path folder) throws IOException {
    var names = new TreeMap<String, JsonNode>();
    for (Map.Entry<String, JsonNode> entry : results(folder).properties()) {
      if (Files.isDirectory(folder.resolve(entry.getKey()))) {
        names.put(entry.getKey(), entry.getValue());
      }
    }
    return List.copyOf(names.keySet());
  }

  private static JsonNode results(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(FINAL).toFile());
  }

  /** The normalised score that NAB publishes. */
  double result(NabProfile profile) throws IOException {
    return results(folder).required(detector).required(key(profile)).asDouble();
  }

  /** The threshold that NAB found and scored with: the same in each row of the table of scores. */
  double threshold(NabProfile profile) throws IOException {
    Path file = folder.resolve(detector).resolve(detector + "_" + key(profile) + "_scores.csv");
    List<String> lines = Files.readAllLines(file);
    return number(lines.get(1), header(lines).indexOf("Threshold"));
  }

  private static String key(NabProfile profile) {
    return profile == NabProfile.STANDARD
        ? "standard"
        : profile.title().replace(' ', '_') + "_rate";
  }

  /** Whether raw scores stand beside the anomaly scores. */
  boolean hasRaw(String series) throws IOException {
    return header(Files.readAllLines(file(series))).contains("raw_score");
  }

  /** A column of the detector's scores for a series. */
  double[] column(String series, String column) throws IOException {
    List<String> lines = Files.readAllLines(file(series));
    int index = header(lines).indexOf(column);
    if (index < 0) {
      throw new IOException(
          String.format(Locale.ROOT, "%s has no column %s", file(series), column));
    }
    return lines.stream().skip(1).mapToDouble(line -> number(line, index)).toArray();
  }

  private static double number(String line, int column) {
    return Double.parseDouble(line.split(",", -1)[column]);
  }

  private static List<String> header(List<String> lines) {
    return Arrays.asList(lines.get(0).split(",", -1));
  }

  private Path file(String series) {
    int slash = series.indexOf('/');
    String name = detector + "_" + series.substring(slash + 1);
    return folder.resolve(detector).resolve(series.substring(0, slash)).resolve(name);
  }
}
