package org.rondo.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rondo.training.TrainingEvent;
import org.rondo.training.TrainingListener;

/**
 * Writes down what happens in a run: {@code events.jsonl}, one JSON object per event, and {@code
 * report.html}, drawn from all of them at every evaluation.
 *
 * <p>Each object has {@code event}, its name, {@code time}, when it was written (ISO 8601, UTC),
 * and the event's own fields. Where a file system cannot append, the events are written at the
 * evaluations too. Storage that fails while a run goes on does not end it: the record catches up
 * with a later event, at the latest with {@link #publish}, which must succeed in the end.
 */
public final class RunLog implements TrainingListener {
  private static final PropertyNamingStrategies.NamingBase NAMES =
      (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;
  private static final ObjectMapper JSON = new ObjectMapper().setPropertyNamingStrategy(NAMES);

  private final RunFolder folder;
  private final List<String> events;
  private boolean behind;

  /**
   * Goes on with the record in that folder, if there is one. A line that a killed run left half
   * written is dropped.
   */
  public RunLog(RunFolder folder) throws IOException {
    this.folder = folder;
    List<String> lines = folder.readLines(RunFolder.EVENTS);
    this.events = new ArrayList<>(lines.stream().filter(RunLog::isWhole).toList());
    if (events.size() < lines.size()) {
      folder.write(RunFolder.EVENTS, text());
    }
  }

  private static boolean isWhole(String line) {
    try {
      return JSON.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private String text() {
    return events.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  @Override
  public void on(TrainingEvent event) {
    try {
      add(NAMES.translate(event.getClass().getSimpleName()), event);
      if (event instanceof TrainingEvent.Evaluated) {
        publish();
      }
    } catch (UncheckedIOException e) {
      behind = true;
    }
  }

  /**
   * Records an event.
   *
   * @param fields a record or a map
   */
  public void add(String name, Object fields) {
    ObjectNode event = JSON.createObjectNode();
    event.put("event", name).put("time", Instant.now().toString());
    event.setAll((ObjectNode) JSON.valueToTree(fields));
    String line = json(event);
    events.add(line);
    if (behind && folder.appends()) {
      write(() -> folder.write(RunFolder.EVENTS, text()));
      behind = false;
    } else if (folder.appends()) {
      write(() -> folder.append(RunFolder.EVENTS, line + "\n"));
    }
  }

  /** Brings the page up to date. */
  public void publish() {
    write(
        () -> {
          if (behind || !folder.appends()) {
            folder.write(RunFolder.EVENTS, text());
          }
          folder.write(RunFolder.REPORT, Report.html(events));
        });
  }

  /** A record or map in one line, its names in snake case. */
  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value, e);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the record of the run to %s: %s".formatted(folder.path(), e.getMessage()),
          e);
    }
  }
}
