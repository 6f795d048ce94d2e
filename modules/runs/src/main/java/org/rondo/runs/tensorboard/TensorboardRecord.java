package org.rondo.runs.tensorboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.rondo.runs.report.EventRecord;
import org.rondo.runs.report.RunFolder;

/**
 * A run as an event file of TensorBoard's: scalars over rounds, {@code training/loss}, {@code
 * validation/loss}, one for each further score, speed, the parts of a round's time, and the
 * settings as a text. A pure function of the run's events, their times included.
 *
 * <p>Where a resumed run repeats rounds, TensorBoard drops the earlier ones, by the start of a
 * session that the file names.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto">event.proto
 *     and summary.proto</a>
 */
public final class TensorboardRecord implements EventRecord {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Figures of a round, as events.jsonl has them. */
  private static final List<String> OF_ROUNDS =
      List.of("tokens_per_second", "learning_rate", "gradient_norm", "clipped_share");

  private static final List<String> TIMES = List.of("broadcast", "compute", "reduce", "outer");

  // Event
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  // SessionLog
  private static final int STATUS = 1;
  private static final int START = 1;
  // Summary and Summary.Value
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  // SummaryMetadata and PluginData
  private static final int PLUGIN_DATA = 1;
  private static final int PLUGIN_NAME = 1;
  // TensorProto
  private static final int DATA_TYPE = 1;
  private static final int STRING = 7;
  private static final int SHAPE = 2;
  private static final int STRING_VALUE = 8;

  @Override
  public String name() {
    return RunFolder.TENSORBOARD;
  }

  /** Of the time 0, since the file begins before it has an event. */
  @Override
  public byte[] beginning() {
    var version = new ProtobufMessage().doubled(WALL_TIME, 0).text(FILE_VERSION, "brain.Event:2");
    return TfRecord.of(version.toByteArray());
  }

  @Override
  public byte[] of(String line) {
    JsonNode event = parsed(line);
    var summary = new Summary();
    switch (event.path("event").asText()) {
      case "started" -> {
        long first = event.path("first_round").asLong();
        var session = new ProtobufMessage().whole(STATUS, START);
        return record(event, first, SESSION_LOG, session);
      }
      case "round_finished" -> {
        summary.scalar("training/loss", event.path("train_loss"));
        OF_ROUNDS.forEach(name -> summary.scalar("training/" + name, event.path(name)));
      }
      case "round_measured" ->
          TIMES.forEach(part -> summary.scalar("seconds/" + part, event.path("times").path(part)));
      case "evaluated" -> {
        summary.scalar("validation/loss", event.path("loss"));
        for (JsonNode score : event.path("scores")) {
          String metric = score.path("name").asText();
          if (!metric.equals("loss")) {
            summary.scalar("validation/" + metric, score.path("value"));
          }
        }
      }
      case "configuration" -> summary.text("settings", table(event.path("settings")));
      default -> {}
    }
    return summary.isEmpty()
        ? new byte[0]
        : record(event, event.path("round").asLong(), SUMMARY, summary.message);
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no event: " + line, e);
    }
  }

  private static byte[] record(JsonNode event, long step, int field, ProtobufMessage what) {
    Instant time = Instant.parse(event.path("time").asText());
    double seconds = time.getEpochSecond() + time.getNano() / 1e9;
    var message =
        new ProtobufMessage().doubled(WALL_TIME, seconds).whole(STEP, step).message(field, what);
    return TfRecord.of(message.toByteArray());
  }

  /** As Markdown, which TensorBoard shows. */
  private static String table(JsonNode settings) {
    var table = new StringBuilder("| key | value |\n|---|---|\n");
    settings
        .fields()
        .forEachRemaining(
            key ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %s |\n",
                        cell(key.getKey()),
                        cell(key.getValue().asText()))));
    return table.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  /** Values of one step. */
  private static final class Summary {
    private final ProtobufMessage message = new ProtobufMessage();
    private boolean some;

    boolean isEmpty() {
      return !some;
    }

    /** What was not measured is left out; NaN, which events have as a text, is shown. */
    void scalar(String tag, JsonNode value) {
      if (!value.isMissingNode() && !value.isNull()) {
        float number = (float) value.asDouble(Double.NaN);
        add(new ProtobufMessage().text(TAG, tag).single(SIMPLE_VALUE, number));
      }
    }

    void text(String tag, String text) {
      var plugin = new ProtobufMessage().text(PLUGIN_NAME, "text");
      var tensor =
          new ProtobufMessage()
              .whole(DATA_TYPE, STRING)
              .message(SHAPE, new ProtobufMessage())
              .text(STRING_VALUE, text);
      add(
          new ProtobufMessage()
              .text(TAG, tag + "/text_summary")
              .message(METADATA, new ProtobufMessage().message(PLUGIN_DATA, plugin))
              .message(TENSOR, tensor));
    }

    private void add(ProtobufMessage value) {
      message.message(VALUE, value);
      some = true;
    }
  }
}
