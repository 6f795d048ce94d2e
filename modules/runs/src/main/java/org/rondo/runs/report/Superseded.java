package org.rondo.runs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a page leaves out since later events take its place: how a run ended before it was resumed,
 * and the further figures of evaluations that were the best until another one was. Asked about a
 * run's lines in their order.
 */
final class Superseded {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVALUATED = prefix("evaluated");
  private static final String DETAILS = "details";

  /** Number of the line that says how the run, as it goes on now, began; -1 for none. */
  private final long began;

  /** Number of the last line with the figures of a best evaluation; -1 for none. */
  private final long best;

  private long line = -1;

  private Superseded(long began, long best) {
    this.began = began;
    this.best = best;
  }

  /** Of a run's events. */
  static Superseded of(LineSpool events) throws IOException {
    String started = prefix("started");
    long began = -1;
    long best = -1;
    try (BufferedReader lines = events.read()) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
        began = line.startsWith(started) ? number : began;
        best = isBest(line) ? number : best;
      }
    }
    return new Superseded(began, best);
  }

  /** What a page has of the next line; empty where it has nothing of it. */
  Optional<String> shown(String event) throws IOException {
    line++;
    boolean end =
        Stream.of("failed", "finished", "result").anyMatch(n -> event.startsWith(prefix(n)));
    if (end && line < began) {
      return Optional.empty();
    }
    if (isBest(event) && line < best) {
      var shorter = (ObjectNode) JSON.readTree(event);
      shorter.putObject(DETAILS);
      return Optional.of(shorter.toString());
    }
    return Optional.of(event);
  }

  private static boolean isBest(String line) {
    return line.startsWith(EVALUATED) && line.contains("\"best\":true");
  }

  /** As {@link RunLog} writes it: the name comes first. */
  private static String prefix(String name) {
    return String.format(Locale.ROOT, "{\"event\":\"%s\",", name);
  }
}
