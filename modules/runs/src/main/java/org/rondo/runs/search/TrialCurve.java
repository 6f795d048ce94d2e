package org.rondo.runs.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.runs.report.RunFolder;

/** How the score that decides went in a run, as the run's record tells. */
final class TrialCurve {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrialCurve() {}

  /**
   * Round of each evaluation, and its score. Of rounds that were trained twice, the later one.
   *
   * @param run folder of the run
   */
  static SortedMap<Integer, Double> of(RunFolder run) throws IOException {
    var curve = new TreeMap<Integer, Double>();
    try (BufferedReader lines = run.read(RunFolder.EVENTS)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"evaluated\"")) {
          JsonNode event = event(line);
          double score = event.at("/scores/0/value").asDouble(Double.NaN);
          if (event.path("event").asText().equals("evaluated") && Double.isFinite(score)) {
            curve.put(event.path("round").asInt(), score);
          }
        }
      }
    }
    return curve;
  }

  /** An empty object where a run that was killed left half a line. */
  private static JsonNode event(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
