package org.rondo.runs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.Score;
import org.rondo.training.ShardTiming;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.GradientsMeasured;
import org.rondo.training.events.TrainingEvent.RoundFinished;
import org.rondo.training.events.TrainingEvent.RoundMeasured;
import org.rondo.training.timing.RoundTimes;

final class RunLogTest {
  @TempDir private Path output;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void everyEventIsALineAsSoonAsItHappens() throws IOException {
    var log = log();

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
    log().on(new GradientsMeasured(3, List.of(List.of(0.5, 0.25), List.of(1.0, 0.0))));

    assertThat(output.resolve("events.jsonl"))
        .content()
        .contains("\"event\":\"gradients_measured\"")
        .contains("\"round\":3,\"norms\":[[0.5,0.25],[1.0,0.0]]");
  }

  @Test
  void anEvaluationBringsThePageUpToDate() throws IOException {
    var log = log();
    assertThat(output.resolve("report.html")).doesNotExist();

    log.on(evaluated(1, 2.25, 9.48));

    assertThat(output.resolve("report.html")).content().contains("\"loss\":2.25");
    assertThat(output)
        .isDirectoryNotContaining("glob:**.tmp")
        .isDirectoryNotContaining("glob:**.crc");
  }

  @Test
  void theFirstRoundHasAPageAndTheNextOnesWaitForAnEvaluation() throws IOException {
    var log = log();

    log.on(new RoundFinished(1, 5, 2.5, 1000, 0.5, 2000, 0.01, 1.25, 0.1));
    log.on(new RoundFinished(2, 5, 2.4375, 1000, 0.5, 2000, 0.01, 1.25, 0.1));

    assertThat(output.resolve("report.html"))
        .content()
        .contains("\"train_loss\":2.5")
        .doesNotContain("2.4375");
  }

  @Test
  void aResumedRunGoesOnWithTheSameRecord() throws IOException {
    log().add("sample", Map.of("text", "first"));

    var resumed = log();
    resumed.add("sample", Map.of("text", "second"));
    resumed.publish();

    assertThat(Files.readAllLines(output.resolve("events.jsonl"))).hasSize(2);
    assertThat(output.resolve("report.html")).content().contains("first", "second");
  }

  /** A file in the folder's place stands for storage that fails. */
  @Test
  void recordCatchesUpWhenStorageIsBack() throws IOException {
    Path run = output.resolve("run");
    Path aside = output.resolve("aside");
    var log = new RunLog(new RunFolder(run.toString(), new Configuration()), warnings::add);
    log.add("configuration", Map.of("seed", 1));
    Files.move(run, aside);
    Files.createFile(run);
    log.on(evaluated(1, 2.25, 9.48));
    log.on(new GradientsMeasured(1, List.of()));
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("warning: cannot write the record of the run to file:" + run);
    assertThatThrownBy(() -> log.add("result", Map.of("rounds", 1)))
        .isInstanceOf(UncheckedIOException.class);
    Files.delete(run);
    Files.move(aside, run);

    log.on(evaluated(2, 2.0, 7.39));

    assertThat(Files.readAllLines(run.resolve("events.jsonl")))
        .hasSize(5)
        .element(1)
        .asString()
        .contains("\"loss\":2.25");
  }

  @Test
  void roundNamesTheSlowestOfManyShards() throws IOException {
    List<ShardTiming> shards =
        IntStream.range(0, RunLog.SHARDS + 2)
            .mapToObj(shard -> new ShardTiming(shard, "here", shard % 7 == 0 ? 1 : 2, 1, 1, 1))
            .toList();

    log().on(new RoundMeasured(1, RoundTimes.NONE, shards));

    JsonNode event = new ObjectMapper().readTree(output.resolve("events.jsonl").toFile());
    assertThat(event.get("shards"))
        .extracting(shard -> shard.get("shard").asInt())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 15, 16, 17);
  }

  private RunLog log() throws IOException {
    return new RunLog(new RunFolder(output.toString(), new Configuration()), warnings::add);
  }

  private static TrainingEvent.Evaluated evaluated(int round, double loss, double perplexity) {
    return new TrainingEvent.Evaluated(
        round,
        loss,
        List.of(new Score("loss", loss, false), new Score("perplexity", perplexity, false)),
        Map.of(),
        true);
  }
}
