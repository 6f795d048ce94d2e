package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.cli.exit.ExitCode;

/** The whole way of a user with rows of data, by command lines. */
final class RowCommandsTest {
  private static final List<String> GOOD = List.of("fine", "lovely", "splendid", "good");
  private static final List<String> BAD = List.of("awful", "dull", "boring", "bad");

  @TempDir private static Path folder;
  private static String conf;
  private static CommandLineRun trained;

  @BeforeAll
  static void trainOnce() throws IOException {
    var rows = new ArrayList<String>(List.of("id,review,sentiment"));
    for (int i = 0; i < 120; i++) {
      List<String> words = i % 2 == 0 ? GOOD : BAD;
      rows.add(
          String.format(
              "%d,a %s film with a %s end,%s",
              i, words.get(i % 4), words.get(i / 4 % 4), i % 2 == 0 ? "good" : "bad"));
    }
    Path data = Files.write(folder.resolve("reviews.csv"), rows);
    conf =
        Files.writeString(
                folder.resolve("reviews.conf"),
                """
                task = classification
                data { format = csv, options.header = true, path = "%s" }
                data.columns { text = review, label = sentiment }
                output = "%s"
                train { rounds = 6, sync_every = 4, batch = 4 }
                network { units = 8, layers = 1, bidirectional = true }
                optimizer.learning_rate = 0.03
                evaluate.every = 3
                """
                    .formatted(data, folder.resolve("run")))
            .toString();
    trained = CommandLineRun.of("train", conf);
  }

  @Test
  void trainEndsWithTheTasksMetricsAndTheCommandThatPredicts() throws IOException {
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonNode figures = trained.json();
    assertThat(figures.get("metric").asText()).isEqualTo("accuracy");
    assertThat(figures.get("score").asDouble()).isGreaterThan(0.9);
    assertThat(figures.has("perplexity")).isFalse();
    assertThat(trained.err())
        .contains("label good", "validation accuracy ", "next     rondo predict " + conf);
    assertThat(folder.resolve("run/checkpoints")).isDirectoryContaining("glob:**best-round-*");
  }

  @Test
  void sameBitsByThreadsAndFromJson() throws IOException {
    Path json = folder.resolve("reviews.json");
    var lines = new ArrayList<String>();
    for (String row : Files.readAllLines(folder.resolve("reviews.csv")).subList(1, 121)) {
      String[] cells = row.split(",", -1);
      lines.add(
          0,
          String.format(
              "{\"sentiment\":\"%s\",\"review\":\"%s\",\"id\":\"%s\"}",
              cells[2], cells[1], cells[0]));
    }
    Files.write(json, lines);

    CommandLineRun other =
        CommandLineRun.of(
            List.of(
                "train",
                conf,
                "--in-process",
                "--set",
                "spark.ui.enabled=false",
                "--set",
                "data.format=json",
                "--set",
                "data.options.header=null",
                "--set",
                "data.path=" + json,
                "--set",
                "output=" + folder.resolve("other")));

    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(other.json().get("parameters_sha256"))
        .isEqualTo(trained.json().get("parameters_sha256"));
  }

  @Test
  void aRunThatIsResumedEndsWithTheSameBits() throws IOException {
    String[] elsewhere = {
      "--set",
      "output=" + folder.resolve("resumed"),
      "--set",
      "data.prepared=" + folder.resolve("run/data")
    };
    var first = new ArrayList<String>(List.of(elsewhere));
    first.addAll(List.of("--set", "train.rounds=3"));
    var second = new ArrayList<String>(List.of(elsewhere));
    second.add("--resume");

    CommandLineRun begun = CommandLineRun.of("train", conf, first.toArray(String[]::new));
    CommandLineRun ended = CommandLineRun.of("train", conf, second.toArray(String[]::new));

    assertThat(begun.exitCode()).as(begun.err()).isZero();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.json().get("parameters_sha256"))
        .isEqualTo(trained.json().get("parameters_sha256"));
  }

  @Test
  void doctorFindsTheConfigurationWell() {
    CommandLineRun doctor = CommandLineRun.of("doctor", conf);

    assertThat(doctor.out() + doctor.err()).contains("buffers").doesNotContain("language-model");
  }

  @Test
  void aClassifierIsRefusedWhereALanguageModelIsWanted() {
    CommandLineRun run = CommandLineRun.of("generate", conf);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is of no language model", "rondo predict");
  }

  @Test
  void prepareShowsWhatWasFoundAndEvaluateReadsIt() throws IOException {
    CommandLineRun prepared = CommandLineRun.of("prepare", conf);
    CommandLineRun evaluated = CommandLineRun.of("evaluate", conf);

    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.out()).contains("validation", "label bad", "prepared before");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("score")).isEqualTo(trained.json().get("score"));
    assertThat(evaluated.json().get("details").toString()).contains("good as good");
  }

  @Test
  void otherRowsAreMeasuredAsTheRefusalOfATextSays() throws IOException {
    Path rows =
        Files.writeString(
            folder.resolve("other.csv"),
            "id,review,sentiment\n1,a lovely film,good\n2,a dull film,bad\n3,dull,good\n");

    CommandLineRun refused = CommandLineRun.of("evaluate", conf, "--text", rows.toString());
    String key = "data.test=" + rows;
    CommandLineRun measured = CommandLineRun.of("evaluate", conf, "--set", key, "--split", "test");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err().strip())
        .endsWith(
            "--text %s is for language models; task = classification is measured on other rows by --set %s --split test"
                .formatted(rows, key));
    assertThat(measured.exitCode()).as(measured.err()).isZero();
    assertThat(measured.json().get("targets").asInt()).isEqualTo(3);
    assertThat(measured.json().get("score").asDouble()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(measured.json().get("rejected_rows").asInt()).isZero();
  }

  @Test
  void evaluateTellsOfRowsThatItLeftOut() throws IOException {
    Path rows =
        Files.writeString(
            folder.resolve("unseen.csv"),
            "id,review,sentiment\n1,a lovely film,good\n2,a dull film,mixed\n3,dull,\n");
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            conf,
            "--set",
            "data.test=" + rows,
            "--set",
            "data.invalid_rows=skip",
            "--split",
            "test");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().get("targets").asInt()).isEqualTo(1);
    assertThat(run.json().get("rejected_rows").asInt()).isEqualTo(2);
    assertThat(run.err())
        .contains("2 rows were left out, 1 of them since no training row has their label")
        .contains("unseen.csv, row 3: column sentiment has no value");
  }

  @Test
  void aCheckpointOfAnotherTaskIsRefusedByName() {
    for (String command : List.of("predict", "evaluate")) {
      var words = new ArrayList<String>(List.of(command, conf));
      if (command.equals("predict")) {
        words.addAll(List.of("--input", "-"));
      }
      words.addAll(List.of("--set", "task=tagging"));
      words.addAll(List.of("--set", "data.columns.text=null", "--set", "data.columns.label=null"));
      CommandLineRun run = CommandLineRun.of(words);

      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .contains("run/checkpoints/best-round-")
          .contains("is of task = classification, and the configuration says task = tagging");
    }
  }

  @Test
  void predictWritesTheRowsWithTheirPredictions() throws IOException {
    Path rows =
        Files.writeString(folder.resolve("new.csv"), "review\na lovely film\na dull film\n");

    CommandLineRun printed = CommandLineRun.of("predict", conf, "--input", rows.toString());
    CommandLineRun written =
        CommandLineRun.of(
            "predict",
            conf,
            "--input",
            rows.toString(),
            "--output",
            folder.resolve("predicted").toString(),
            "--output-format",
            "json");

    assertThat(printed.exitCode()).as(printed.err()).isZero();
    List<String> lines = printed.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"review\":\"a lovely film\"", "\"prediction\":\"good\"");
    assertThat(lines.get(1)).contains("\"prediction\":\"bad\"");
    JsonNode probabilities = new ObjectMapper().readTree(lines.get(1)).get("probabilities");
    assertThat(probabilities.fieldNames()).toIterable().containsExactly("bad", "good");
    assertThat(probabilities.get("bad").asDouble()).isGreaterThan(0.5);
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(folder.resolve("predicted/_SUCCESS")).exists();
    assertThat(
            CommandLineRun.of(
                    "predict",
                    conf,
                    "--input",
                    rows.toString(),
                    "--output",
                    folder.resolve("predicted").toString())
                .exitCode())
        .isEqualTo(2);
  }

  @Test
  void exportWritesANewFile() throws IOException {
    Path file = folder.resolve("reviews.onnx");

    CommandLineRun written = CommandLineRun.of("export", conf, "--output", file.toString());
    CommandLineRun again = CommandLineRun.of("export", conf, "--output", file.toString());

    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("Rondo", "logits");
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE.number());
    assertThat(again.err()).contains("exists already; name a new file");
  }

  @Test
  void predictRefusesDataWithoutTheColumnInOneSentence() throws IOException {
    Path rows = Files.writeString(folder.resolve("untitled.csv"), "id,txt\n1,fine\n2,dull\n");
    CommandLineRun run =
        CommandLineRun.of(
            "predict",
            conf,
            "--input",
            rows.toString(),
            "--set",
            "data.columns.text=null",
            "--set",
            "data.columns.label=null");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("data: no column text; the task needs one as its text", "[id, txt]")
        .contains("did you mean txt?")
        .doesNotContain("skip", "\tat ");
  }

  @Test
  void predictedRowsHaveNoColumnsOfTheReader() throws IOException {
    Path rows = Files.writeString(folder.resolve("gap.csv"), "id,review\n1,\n2,fine,3\n");
    CommandLineRun run =
        CommandLineRun.of(
            "predict", conf, "--input", rows.toString(), "--set", "data.invalid_rows=skip");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).contains("\"prediction\":").doesNotContain("_row", "_file");
    assertThat(lines.get(1)).contains("gap.csv, row 2: is malformed").doesNotContain("_problem");
    assertThat(run.err()).contains("1 of 2 rows have no prediction, and the column rejected");
  }

  @Test
  void linesFromStandardInputAreAnsweredOneByOne() throws IOException {
    InputStream before = System.in;
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\uFEFFsplendid\n\nawful\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[] {'d', (byte) 0xff, '\n'});
    bytes.writeBytes("splendid".getBytes(StandardCharsets.UTF_8));
    System.setIn(new ByteArrayInputStream(bytes.toByteArray()));
    try {
      CommandLineRun answered = CommandLineRun.of("predict", conf, "--input", "-");

      assertThat(answered.exitCode()).as(answered.err()).isZero();
      List<String> lines = answered.out().lines().toList();
      assertThat(lines).hasSize(5);
      assertThat(lines.get(0)).as("with a byte order mark").isEqualTo(lines.get(4));
      assertThat(lines.get(3)).contains("rejected", "standard input, line 4 is not UTF-8");
      assertThat(new ObjectMapper().readTree(lines.get(0)).get("prediction").asText())
          .isEqualTo("good");
      assertThat(lines.get(0)).startsWith("{\"prediction\":\"good\",\"probability\":");
      assertThat(lines.get(1)).as("of an empty line").contains("\"probabilities\":{\"bad\":");
      assertThat(new ObjectMapper().readTree(lines.get(2)).get("prediction").asText())
          .isEqualTo("bad");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void formatsThatCannotBeWrittenAreRefused() throws IOException {
    Path rows = Files.writeString(folder.resolve("two.csv"), "review\na lovely film\n");
    for (String format : List.of("csv", "cvs")) {
      CommandLineRun run =
          CommandLineRun.of(
              "predict",
              conf,
              "--input",
              rows.toString(),
              "--output",
              folder.resolve("as-" + format).toString(),
              "--output-format",
              format);

      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("--output-format " + format);
      assertThat(folder.resolve("as-" + format)).doesNotExist();
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingStarts() {
    assertRefused("task = clasification", "no such task", "--set", "task=clasification");
    assertRefused("data.format is required", "csv", "--set", "data.format=null");
    assertRefused("data.format = cvs: no such format", "conll", "--set", "data.format=cvs");
    assertRefused("data.columns.lable = x", "did you mean label?", "--set", "data.columns.lable=x");
    assertRefused("data: nothing at ", "none.csv", "--set", "data.path=none.csv");
    assertRefused("data.columns.text = revew", "review", "--set", "data.columns.text=revew");
  }

  private static void assertRefused(String sentence, String further, String... changed) {
    CommandLineRun run = CommandLineRun.of("prepare", conf, changed);

    assertThat(run.exitCode()).as(run.err()).isIn(2, 3);
    assertThat(run.err()).contains(sentence, further).doesNotContain("\tat ");
  }
}
