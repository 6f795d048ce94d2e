package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are learned from series, by command lines. */
final class RegressionCommandsTest {
  @TempDir private static Path folder;

  private static String conf(String name, List<String> rows, String keys) throws IOException {
    Path data = Files.write(folder.resolve(name + ".json"), rows);
    String text =
        String.format(
            Locale.ROOT,
            """
            task = regression
            data { format = json, path = "%s", invalid_rows = skip }
            regression { %s }
            output = "%s"
            shards = 1
            train { rounds = 12, sync_every = 10, batch = 8 }
            network { cell = gru, units = 8, layers = 1 }
            optimizer.learning_rate = 0.03
            evaluate.every = 6
            """,
            data,
            keys,
            folder.resolve(name));
    return Files.writeString(folder.resolve(name + ".conf"), text).toString();
  }

  private static List<JsonNode> predicted(String conf, String... rows) throws IOException {
    Path input = Files.write(folder.resolve("new.json"), List.of(rows));
    CommandLineRun run = CommandLineRun.of("predict", conf, "--input", input.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var all = new ArrayList<JsonNode>();
    for (String line : run.out().lines().toList()) {
      all.add(new ObjectMapper().readTree(line));
    }
    return all;
  }

  @Test
  void aNumberOfEachRowFromPreparationToPrediction() throws IOException {
    var random = new Random(1);
    var rows = new ArrayList<String>(List.of("{\"series\":[1.0,2.0],\"target\":null}"));
    for (int i = 0; i < 160; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      double c = random.nextDouble();
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"series\":[%f,%f,%f],\"target\":%f}",
              a,
              b,
              c,
              1000 + 100 * (a + b + c) / 3));
    }
    String conf = conf("mean", rows, "pooling = mean");

    CommandLineRun prepared = CommandLineRun.of("prepare", conf);
    CommandLineRun trained = CommandLineRun.of("train", conf);
    CommandLineRun evaluated = CommandLineRun.of("evaluate", conf);

    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().get("metric").asText()).isEqualTo("rmse");
    // The targets' own deviation is 100 sqrt(1/36), 17.
    assertThat(trained.json().get("score").asDouble()).isLessThan(5);
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("score")).isEqualTo(trained.json().get("score"));
    List<JsonNode> found = predicted(conf, "{\"series\":[0.1,0.2,0.3]}", "{\"series\":[0.8,0.9]}");
    assertThat(found.get(0).get("prediction").asDouble()).isBetween(1005.0, 1035.0);
    assertThat(found.get(1).get("prediction").asDouble()).isBetween(1070.0, 1100.0);
    assertRefusesLines(CommandLineRun.of("predict", conf, "--input", "-"), "series");
  }

  @Test
  void linesAreRefusedBeforeAModelIsSoughtWhereNoLineHoldsARow() throws IOException {
    String conf = conf("lines", List.of(), "input = series");
    assertRefusesLines(CommandLineRun.of("predict", conf, "--input", "-"), "series");
    String[] tagging = {"--input", "-", "--set", "task=tagging", "--set", "tagging.columns=pos"};
    assertRefusesLines(CommandLineRun.of("predict", conf, tagging), "tokens, pos");
  }

  private static void assertRefusesLines(CommandLineRun run, String roles) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err().strip())
        .endsWith(
            "--input -: a line is a text or a row of tokens, and the task reads "
                + roles
                + "; name a file or table of rows");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void preparationTellsWhatCutsRowsOfManySteps() throws IOException {
    var rows = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      rows.add("{\"series\":[" + "0,".repeat(9_999) + i + "],\"target\":" + i + "}");
    }
    String conf = conf("long", rows, "");
    String[] cut = {"--set", "regression.maximum_length=9999"};

    assertThat(CommandLineRun.of("prepare", conf).out())
        .contains(
            "note: the longest row has 10,000 steps, and minibatches as many",
            "; regression.maximum_length cuts longer rows");
    assertThat(CommandLineRun.of("prepare", conf, cut).out())
        .contains("9,999")
        .doesNotContain("note");
  }

  @Test
  void twoNumbersOfEachStepWithGaps() throws IOException {
    var random = new Random(2);
    var rows = new ArrayList<String>(List.of("{\"series\":[1.0,2.0],\"target\":[[1.0,2.0]]}"));
    for (int i = 0; i < 160; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"series\":[%f,%f,%f],\"target\":[[%f,%f],[null,null],[%f,%f]]}",
              a,
              b,
              a,
              a,
              -a,
              2 * a + b,
              -a));
    }
    String conf = conf("sum", rows, "per_step = true");

    CommandLineRun trained = CommandLineRun.of("train", conf);

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    CommandLineRun evaluated = CommandLineRun.of("evaluate", conf);
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("details").toString()).contains("rmse of value 2");
    JsonNode steps = predicted(conf, "{\"series\":[0.5,0.5,0.5]}").get(0).get("prediction");
    assertThat(steps).hasSize(3);
    assertThat(steps.get(0)).hasSize(2);
    assertThat(steps.get(2).get(0).asDouble()).isBetween(1.2, 1.8);
    assertThat(steps.get(2).get(1).asDouble()).isBetween(-0.7, -0.3);
  }
}
