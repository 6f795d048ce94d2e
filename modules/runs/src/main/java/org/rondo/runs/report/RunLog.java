package org.rondo.runs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.rondo.ingest.DiskFailure;
import org.rondo.training.ShardTiming;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.RoundMeasured;
import org.rondo.training.events.TrainingListener;

/**
 * Writes down what happens in a run: {@code events.jsonl}, one JSON object per event, and {@code
 * report.html}, drawn from them after the first round, at evaluations and once in a minute.
 *
 * <p>Each object has {@code event}, its name, {@code time}, when it was written (ISO 8601, UTC),
 * and the event's own fields; of a round's shards it names the {@value #SHARDS} slowest. Where a
 * file system cannot append, the events are written at the evaluations too. Storage that fails does
 * not end a run: the record catches up with a later event, at the latest with {@link #close}.
 *
 * <p>Memory does not grow with the rounds. Drawing does take longer, so an evaluation soon after
 * the last drawing waits for a later one: a tenth of the time at most is spent on it.
 */
public final class RunLog implements TrainingListener {
  static final int SHARDS = 16;

  private static final int PAUSE = 9;
  private static final long MINUTE = 60_000_000_000L;
  private static final PropertyNamingStrategies.NamingBase NAMES =
      (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;
  private static final ObjectMapper JSON = new ObjectMapper().setPropertyNamingStrategy(NAMES);

  private final RunFolder folder;
  private final Consumer<String> warnings;
  private final LineSpool events;
  private final List<EventRecord> records;

  /** Whether the records have to be written as a whole, since not all of them hold all events. */
  private boolean incomplete;

  private boolean behind;
  private long nextDrawing = System.nanoTime();
  private long nextDrawingOfRounds = nextDrawing;

  /**
   * Goes on with the record in that folder, if there is one. A line that a killed run left half
   * written is dropped.
   *
   * @param warnings is told when storage begins to fail
   */
  public RunLog(RunFolder folder, Consumer<String> warnings) throws IOException {
    this(folder, List.of(), warnings);
  }

  /**
   * As above.
   *
   * @param further files beside {@code events.jsonl} that tell the events
   */
  public RunLog(RunFolder folder, List<EventRecord> further, Consumer<String> warnings)
      throws IOException {
    this.folder = folder;
    this.warnings = warnings;
    var all = new ArrayList<EventRecord>(List.of(new JsonRecord()));
    all.addAll(further);
    records = List.copyOf(all);
    incomplete = !further.isEmpty(); // what an earlier process left of them may end anywhere
    events = new LineSpool(warnings);
    boolean whole = true;
    try (BufferedReader lines = folder.read(RunFolder.EVENTS)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (isWhole(line)) {
          events.add(line);
        } else {
          whole = false;
        }
      }
    }
    if (!whole) {
      quietly(() -> write(this::writeRecords));
    }
  }

  /** Whether a line of the record was written to its end. */
  static boolean isWhole(String line) {
    try {
      return JSON.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Override
  public void on(TrainingEvent event) {
    quietly(
        () -> {
          add(NAMES.translate(event.getClass().getSimpleName()), shortened(event));
          if (isDrawn(event)) {
            publish();
          }
        });
  }

  /** As {@link #add}; where storage fails, the run goes on with a warning. */
  public void note(String name, Object fields) {
    quietly(() -> add(name, fields));
  }

  /** As {@link #publish}; where storage fails, a warning is all there is. */
  public void close() {
    quietly(this::publish);
  }

  private void quietly(Runnable writing) {
    boolean told = behind;
    try {
      writing.run();
    } catch (UncheckedIOException e) {
      if (!told) {
        warnings.accept(
            String.format(
                Locale.ROOT, "warning: %s; later events catch up with it", e.getMessage()));
      }
    }
  }

  /** At evaluations; and at rounds, of which the first is drawn at once, once in a minute. */
  private boolean isDrawn(TrainingEvent event) {
    long now = System.nanoTime();
    return (event instanceof TrainingEvent.Evaluated && now >= nextDrawing)
        || (event instanceof TrainingEvent.RoundFinished && now >= nextDrawingOfRounds);
  }

  private static TrainingEvent shortened(TrainingEvent event) {
    if (!(event instanceof RoundMeasured measured) || measured.shards().size() <= SHARDS) {
      return event;
    }
    List<ShardTiming> slowest =
        measured.shards().stream()
            .sorted(Comparator.comparingDouble(ShardTiming::seconds).reversed())
            .limit(SHARDS)
            .sorted(Comparator.comparingInt(ShardTiming::shard))
            .toList();
    return new RoundMeasured(measured.round(), measured.times(), slowest);
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
    write(
        () -> {
          events.add(line);
          if ((behind || incomplete) && folder.appends()) {
            writeRecords();
          } else if (folder.appends()) {
            for (EventRecord record : records) {
              folder.append(record.name(), record.of(line));
            }
          }
        });
  }

  /** Brings the page up to date. */
  public void publish() {
    long start = System.nanoTime();
    write(
        () -> {
          if (behind || incomplete || !folder.appends()) {
            writeRecords();
          }
          folder.write(RunFolder.REPORT, out -> Report.write(out, events));
        });
    long end = System.nanoTime();
    nextDrawing = end + PAUSE * (end - start);
    nextDrawingOfRounds = Math.max(nextDrawing, end + MINUTE);
  }

  /** Every record anew, from all events. */
  private void writeRecords() throws IOException {
    for (EventRecord record : records) {
      folder.write(record.name(), out -> copy(record, out));
    }
    behind = false;
    incomplete = false;
  }

  private void copy(EventRecord record, OutputStream out) throws IOException {
    out.write(record.beginning());
    try (BufferedReader lines = events.read()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(record.of(line));
      }
    }
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

  /** Clients of object stores throw exceptions of their own as well. */
  private void write(Writing writing) {
    try {
      DiskFailure.asException(
          () -> {
            writing.run();
            return behind;
          });
    } catch (IOException | RuntimeException e) {
      behind = true;
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "cannot write the record of the run to %s: %s",
              folder.path(),
              e.getMessage()),
          e instanceof IOException io ? io : new IOException(e));
    }
  }
}
