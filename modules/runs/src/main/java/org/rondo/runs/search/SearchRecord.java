package org.rondo.runs.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.rondo.runs.SettingsException;
import org.rondo.runs.report.RunFolder;

/**
 * What a search has found out, in {@code search.jsonl}: a {@link Standing} in each line, as JSON.
 * Written as a whole after each one, so that a search that was killed goes on. For several threads.
 */
final class SearchRecord {
  private static final String FILE = "search.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunFolder folder;
  private final List<Standing> standings = new ArrayList<>();

  private SearchRecord(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * That of a folder, empty if there is none yet.
   *
   * @throws SettingsException if it holds what no search wrote
   */
  static SearchRecord open(RunFolder folder) throws IOException {
    var record = new SearchRecord(folder);
    try (BufferedReader lines = folder.read(FILE)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        record.standings.add(JSON.readValue(line, Standing.class));
      }
    } catch (JsonProcessingException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s, line %d: is no record of a search: %s",
              folder.file(FILE),
              record.standings.size() + 1,
              e.getOriginalMessage()),
          e);
    }
    return record;
  }

  synchronized boolean isEmpty() {
    return standings.isEmpty();
  }

  /** Forgets the others; they stand in the file until the next one is added. */
  synchronized void keep(Predicate<Standing> wanted) {
    standings.removeIf(wanted.negate());
  }

  synchronized void add(Standing standing) throws IOException {
    standings.add(standing);
    var text = new StringBuilder();
    for (Standing each : standings) {
      text.append(JSON.writeValueAsString(each)).append('\n');
    }
    folder.write(FILE, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  synchronized Optional<Standing> at(int trial, int rung) {
    return standings.stream()
        .filter(standing -> standing.trial() == trial && standing.rung() == rung)
        .findFirst();
  }

  /** That of the latest rung of each trial: those of higher rungs first, then the best. */
  synchronized List<Standing> ranking() {
    return standings.stream()
        .filter(each -> at(each.trial(), each.rung() + 1).isEmpty())
        .sorted(
            (one, other) ->
                one.rung() == other.rung()
                    ? Standing.BEST_FIRST.compare(one, other)
                    : Integer.compare(other.rung(), one.rung()))
        .toList();
  }
}
