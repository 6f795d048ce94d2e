package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wave that jumps once, from training to alarms by command lines. */
final class AnomalyCommandsTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final int JUMP = 150;

  /** A step of training that the data calls an anomaly. */
  private static final int KNOWN = 80;

  @TempDir private static Path folder;

  private static Path table() throws IOException {
    var lines = new ArrayList<>(List.of("machine,at,load,oil,broken"));
    for (int t = 0; t < 180; t++) {
      for (int m = 0; m < 2; m++) {
        boolean jump = m == 1 && t == JUMP;
        lines.add(
            String.format(
                Locale.ROOT,
                "m%d,%s,%.5f,%.5f,%d",
                m,
                START.plusHours(t).toString().replace('T', ' '),
                Math.sin(2 * Math.PI * t / 8 + m) + (jump ? 8 : 0),
                3 + Math.cos(2 * Math.PI * t / 8 + m),
                jump || (m == 0 && t == KNOWN) ? 1 : 0));
      }
    }
    return Files.write(folder.resolve("machines.csv"), lines);
  }

  @Test
  void theJumpIsFoundMeasuredAndDrawn() throws IOException {
    Path rows = table();
    String text =
        String.format(
            Locale.ROOT,
            """
            task = anomaly
            data { format = csv, path = "%s", validation_fraction = 0.2, test_fraction = 0.3 }
            data.columns { id = machine, time = at, target = "*", label = broken }
            anomaly { score = threshold, span = 2, probation = 16, calendar = "hour" }
            output = "%s"
            shards = 1
            train { rounds = 30, sync_every = 10, batch = 2, unroll = 20 }
            network { cell = gru, units = 10, layers = 1 }
            optimizer.learning_rate = 0.02
            evaluate.every = 15
            """,
            rows,
            folder.resolve("run"));
    String conf = Files.writeString(folder.resolve("machines.conf"), text).toString();
    CommandLineRun trained = CommandLineRun.of("train", conf);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().get("metric").asText()).isEqualTo("rmse");
    assertThat(Files.readString(folder.resolve("run/events.jsonl")))
        .contains("\"title\":\"m0, scores\"", "\"title\":\"m1, scores\"")
        .contains("{\"name\":\"anomaly\",\"part\":\"MARKED\",\"from\":80,\"to\":80}");

    CommandLineRun run =
        CommandLineRun.of(
            "predict",
            conf,
            "--input",
            rows.toString(),
            "--output",
            folder.resolve("scores").toString(),
            "--output-format",
            "json",
            "--alarms",
            folder.resolve("alarms").toString(),
            "--chart",
            folder.resolve("alarms.svg").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonNode> alarms = json("alarms");
    assertThat(alarms).isNotEmpty();
    JsonNode first = alarms.get(0);
    assertThat(first.get("unique_id").asText()).isEqualTo("m1");
    assertThat(first.get("begin").asText()).isEqualTo("2026-01-07 06:00");
    assertThat(first.get("channel").asText()).isEqualTo("load");
    List<JsonNode> scores = json("scores");
    assertThat(scores).hasSize(360);
    assertThat(scores.get(20).fieldNames())
        .toIterable()
        .containsExactly(
            "machine",
            "at",
            "load",
            "oil",
            "broken",
            "outlierScore",
            "predictedLabel",
            "expected",
            "contributions");
    assertThat(run.err())
        .contains("in 1 of 2 series, over 360 steps; an alarm is a score of 0.5 or more")
        .contains("m1, 2026-01-07 06:00")
        .contains("by event: precision 1.000, recall 0.500") // of the jump and of the known step
        .contains("NAB's standard score");
    assertThat(Files.readString(folder.resolve("alarms.svg"))).contains(">alarm<", ">m1<");
    assertThat(folder.resolve(".alarms.svg.crc")).doesNotExist();

    Path none = Files.writeString(folder.resolve("none.csv"), "machine,at,load,oil,broken\n");
    CommandLineRun ofNone =
        CommandLineRun.of(
            "predict",
            conf,
            "--input",
            none.toString(),
            "--output",
            folder.resolve("of-none").toString(),
            "--output-format",
            "json",
            "--chart",
            folder.resolve("none.svg").toString());
    assertThat(ofNone.exitCode()).as(ofNone.err()).isZero();
    assertThat(ofNone.err()).contains("there is no chart: no row was scored");
  }

  private static List<JsonNode> json(String name) throws IOException {
    var all = new ArrayList<JsonNode>();
    try (var files = Files.newDirectoryStream(folder.resolve(name), "*.json")) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          all.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return all;
  }
}
