package org.rondo.runs.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;

/**
 * Which events of one name a page draws, when every round of a long run has one: every n-th and the
 * last. Asked about a run's lines in their order.
 */
final class Thinning {
  /** A diagram has fewer pixels than that. */
  static final int DRAWN = 1000;

  private final String prefix;
  private final long count;
  private final long stride;
  private long seen;

  private Thinning(String prefix, long count) {
    this.prefix = prefix;
    this.count = count;
    stride = (count + DRAWN - 1) / DRAWN;
  }

  /** For the events of that name among those that are recorded. */
  static Thinning of(String name, LineSpool events) throws IOException {
    // As RunLog writes it: the name comes first.
    String prefix = String.format(Locale.ROOT, "{\"event\":\"%s\",", name);
    try (BufferedReader lines = events.read()) {
      return new Thinning(prefix, lines.lines().filter(line -> line.startsWith(prefix)).count());
    }
  }

  /** Whether the next line is drawn; events of other names always are. */
  boolean keeps(String line) {
    if (!line.startsWith(prefix)) {
      return true;
    }
    long number = seen++;
    return number % stride == 0 || number == count - 1;
  }
}
