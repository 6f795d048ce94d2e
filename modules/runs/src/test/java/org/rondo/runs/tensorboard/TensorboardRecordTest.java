package org.rondo.runs.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.Score;
import org.rondo.runs.report.RunFolder;
import org.rondo.runs.report.RunLog;
import org.rondo.runs.tensorboard.EventFileReader.Message;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.RoundFinished;

/** Event files, read back by the descriptions of TFRecord, Protocol Buffers and event.proto. */
final class TensorboardRecordTest {
  @TempDir private Path output;

  /** Figures of a file, such as {@code 3 validation/loss 2.25}. */
  private static List<String> scalars(List<Message> events) {
    var all = new ArrayList<String>();
    for (Message event : events) {
      for (Message summary : event.messages(5)) {
        for (Message value : summary.messages(1)) {
          if (value.has(2)) {
            all.add((long) event.number(2) + " " + value.text(1) + " " + value.number(2));
          }
        }
      }
    }
    return all;
  }

  @Test
  void theReadersChecksumIsCrc32c() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(EventFileReader.crc32c(check)).isEqualTo(0xe3069283); // the check value of CRC-32C
  }

  @Test
  void roundsAndScoresAreScalars() throws IOException {
    RunLog log = log();
    log.add("configuration", Map.of("settings", Map.of("seed", "1", "a|b", "x")));
    log.on(new RoundFinished(300, 500, 2.5, 1000, 0.5, 2000, 0.0625, 1.25, 0));
    var scores = List.of(new Score("loss", 2.25, false), new Score("f1", Double.NaN, true));
    log.on(new TrainingEvent.Evaluated(300, 2.25, scores, Map.of(), true));

    List<Message> events = events();

    assertThat(events.get(0).text(3)).isEqualTo("brain.Event:2");
    assertThat(scalars(events))
        .containsExactly(
            "300 training/loss 2.5",
            "300 training/tokens_per_second 2000.0",
            "300 training/learning_rate 0.0625",
            "300 training/gradient_norm 1.25",
            "300 training/clipped_share 0.0",
            "300 validation/loss 2.25",
            "300 validation/f1 NaN");
    double now = System.currentTimeMillis() / 1e3;
    assertThat(events.get(2).number(1)).isBetween(now - 600, now + 1);
    Message settings = events.get(1).messages(5).get(0).messages(1).get(0);
    assertThat(settings.text(1)).isEqualTo("settings/text_summary");
    assertThat(settings.messages(9).get(0).messages(1).get(0).text(1)).isEqualTo("text");
    assertThat(settings.messages(8).get(0).number(1)).isEqualTo(7); // DT_STRING
    assertThat(settings.messages(8).get(0).text(8)).contains("| seed | 1 |\n", "| a\\|b | x |\n");
  }

  /** A process that was killed may have left half a record, behind which nothing would be read. */
  @Test
  void aResumedRunIsToldAsAWholeAndBeginsASession() throws IOException {
    log().on(new RoundFinished(1, 5, 2.5, 1000, 0.5, 2000, 0.01, 1.25, 0.1));
    Path file = output.resolve(RunFolder.TENSORBOARD);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));

    RunLog resumed = log();
    resumed.on(new TrainingEvent.Started(2, 5, 2, 7, "", "", 0, List.of(), List.of()));
    resumed.on(new RoundFinished(2, 5, 2.25, 1000, 0.5, 2000, 0.01, 1.25, 0.1));

    List<Message> events = events();
    assertThat(scalars(events)).contains("1 training/loss 2.5", "2 training/loss 2.25");
    Message session = events.get(2);
    assertThat(session.number(2)).isEqualTo(2);
    assertThat(session.messages(7).get(0).number(1)).isEqualTo(1); // START
  }

  @Test
  void theFileGoesAsideWithItsRun() throws IOException {
    log().on(new RoundFinished(1, 5, 2.5, 1000, 0.5, 2000, 0.01, 1.25, 0.1));
    new RunFolder(output.toString(), new Configuration()).moveEarlierRunAside();
    assertThat(output.resolve("earlier-1").resolve(RunFolder.TENSORBOARD)).exists();
    assertThat(output.resolve(RunFolder.TENSORBOARD)).doesNotExist();
  }

  private RunLog log() throws IOException {
    return new RunLog(
        new RunFolder(output.toString(), new Configuration()),
        List.of(new TensorboardRecord()),
        warning -> {
          throw new AssertionError(warning);
        });
  }

  private List<Message> events() throws IOException {
    return EventFileReader.events(Files.readAllBytes(output.resolve(RunFolder.TENSORBOARD)));
  }
}
