package org.rondo.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.training.TrainingEvent.Evaluated;
import org.rondo.training.TrainingEvent.GradientsMeasured;
import org.rondo.training.TrainingEvent.RoundFinished;

final class RunLogTest {
  @TempDir private Path output;

  @Test
  void everyEventIsALineAsSoonAsItHappens() throws IOException {
    var log = new RunLog(folder());

    log.on(new RoundFinished(1, 5, 2.5, 1000, 0.5, 2000, 0.01, 1.25, 0.1));

    List<String> lines = Files.readAllLines(output.resolve("events.jsonl"));
    assertThat(lines).hasSize(1);
    JsonNode event = new ObjectMapper().readTree(lines.get(0));
    assertThat(event.get("event").asText()).isEqualTo("round_finished");
    assertThat(event.get("train_loss").asDouble()).isEqualTo(2.5);
    assertThat(event.get("tokens_per_second").asDouble()).isEqualTo(2000);
    assertThat(event.get("time").asText()).endsWith("Z");
  }

  @Test
  void gradientsThroughTimeAreAListPerLayer() throws IOException {
    new RunLog(folder())
        .on(new GradientsMeasured(3, List.of(List.of(0.5, 0.25), List.of(1.0, 0.0))));

    assertThat(output.resolve("events.jsonl"))
        .content()
        .contains("\"event\":\"gradients_measured\"")
        .contains("\"round\":3,\"norms\":[[0.5,0.25],[1.0,0.0]]");
  }

  @Test
  void anEvaluationBringsThePageUpToDate() throws IOException {
    var log = new RunLog(folder());
    assertThat(output.resolve("report.html")).doesNotExist();

    log.on(new Evaluated(1, 2.25, 9.48, true));

    assertThat(output.resolve("report.html")).content().contains("\"loss\":2.25");
    assertThat(output)
        .isDirectoryNotContaining("glob:**.tmp")
        .isDirectoryNotContaining("glob:**.crc");
  }

  @Test
  void aResumedRunGoesOnWithTheSameRecord() throws IOException {
    new RunLog(folder()).add("sample", Map.of("text", "first"));

    var resumed = new RunLog(folder());
    resumed.add("sample", Map.of("text", "second"));
    resumed.publish();

    assertThat(Files.readAllLines(output.resolve("events.jsonl"))).hasSize(2);
    assertThat(output.resolve("report.html")).content().contains("first", "second");
  }

  private RunFolder folder() throws IOException {
    return new RunFolder(output.toString(), new Configuration());
  }
}
