package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sine waves of two series, forecast by command lines. */
final class ForecastingCommandsTest {
  private static final int STEPS = 160;
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

  @TempDir private static Path folder;
  private static String conf;

  private static double wave(String series, int t) {
    double phase = series.equals("a") ? 0 : 2;
    double size = series.equals("a") ? 1 : 50;
    return size * (3 + Math.sin(2 * Math.PI * t / 12 + phase));
  }

  private static String row(String series, int t) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%.6f",
        series,
        START.plusHours(t).toString().replace('T', ' '),
        wave(series, t));
  }

  private static Path table(String name, int from, int to) throws IOException {
    var lines = new ArrayList<>(List.of("unique_id,ds,y"));
    for (int t = from; t < to; t++) {
      lines.add(row("b", t));
      lines.add(row("a", t));
    }
    return Files.write(folder.resolve(name), lines);
  }

  @BeforeAll
  static void configure() throws IOException {
    String text =
        String.format(
            Locale.ROOT,
            """
            task = forecasting
            data { format = csv, path = "%s", validation_fraction = 0.2, test_fraction = 0.2 }
            forecasting { horizon = 4, input_size = 12, season = 12, calendar = "hour" }
            output = "%s"
            shards = 1
            train { rounds = 20, sync_every = 10, batch = 16, unroll = 12 }
            network { cell = gru, units = 12, layers = 1 }
            optimizer.learning_rate = 0.02
            evaluate.every = 10
            """,
            table("waves.csv", 0, STEPS),
            folder.resolve("run"));
    conf = Files.writeString(folder.resolve("waves.conf"), text).toString();
  }

  private static JsonNode trained(String output, String... more) throws IOException {
    return training(output, more).json();
  }

  private static CommandLineRun training(String output, String... more) {
    var arguments = new ArrayList<>(List.of("--set", "output=" + folder.resolve(output)));
    arguments.addAll(List.of("--set", "data.prepared=" + folder.resolve("prepared")));
    arguments.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of("train", conf, arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  @Test
  void wavesFromPreparationToForecasts() throws IOException {
    CommandLineRun training = training("run");
    assertThat(training.err()).containsPattern("best +validation scaled-mse [0-9.]+, round");
    assertThat(training.err()).containsPattern("beside +naive [0-9.]+, seasonal-naive 0.000");
    JsonNode trained = training.json();

    assertThat(trained.get("metric").asText()).isEqualTo("scaled-mse");
    JsonNode scores = trained.get("scores");
    assertThat(scores.get("scaled-mse").asDouble())
        .isLessThan(0.1 * scores.get("naive-scaled-mse").asDouble());
    // The last season is the next one, but for six digits of the file.
    assertThat(scores.get("seasonal-naive-scaled-mse").asDouble()).isLessThan(1e-9);
    assertThat(scores.get("corr").asDouble()).isGreaterThan(0.95);

    assertThat(Files.readString(folder.resolve("run/events.jsonl")))
        .contains("\"kind\":\"lines\"", "\"title\":\"a, y\"", "\"title\":\"b, y\"")
        .contains("interval of 80 %");

    String prepared = "data.prepared=" + folder.resolve("prepared");
    CommandLineRun tested =
        CommandLineRun.of(
            "evaluate", conf, "--split", "test", "--set", prepared, "--level", "50,90");
    assertThat(tested.exitCode()).as(tested.err()).isZero();
    assertThat(tested.json().get("details").get("mae").get("naive").asDouble()).isPositive();
    assertThat(tested.err())
        .containsPattern("test +network +naive +seasonal-naive\\R")
        .containsPattern("scaled-mse +[0-9.]+ +[0-9.]+ +0.0000\\R")
        .containsPattern("mae +[0-9.]+ +[0-9.]+ +0.0000\\R");
    double covered = tested.json().get("scores").get("coverage-90").asDouble();
    assertThat(covered).isBetween(0.75, 1.0);
    assertThat(tested.json().get("scores").get("coverage-50").asDouble())
        .isBetween(0.3, Math.min(0.7, covered));

    CommandLineRun rolling =
        CommandLineRun.of(
            "evaluate",
            conf,
            "--windows",
            "3",
            "--step-size",
            "2",
            "--level",
            "90",
            "--chart",
            folder.resolve("chart.svg").toString(),
            "--set",
            prepared);
    assertThat(rolling.exitCode()).as(rolling.err()).isZero();
    JsonNode windows = rolling.json().get("windows");
    assertThat(windows).hasSize(3);
    // The last of 160 hours that is known four hours before the end.
    assertThat(windows.get(2).get("cutoff").asText()).isEqualTo("2026-01-07 11:00:00");
    assertThat(windows.get(2).get("forecasts").asInt()).isEqualTo(2);
    assertThat(rolling.json().get("scores").get("scaled-mse").asDouble()).isPositive();
    assertThat(rolling.json().get("scores").get("coverage-90").asDouble()).isBetween(0.5, 1.0);
    assertThat(rolling.err()).contains("2026-01-07 11:00:00").contains("all windows");
    assertThat(Files.readString(folder.resolve("chart.svg")))
        .contains("<svg", "a, y", "b, y", "what came", "forecast", "interval of 90 %", "</svg>");
    CommandLineRun far = CommandLineRun.of("evaluate", conf, "--windows", "9", "--set", prepared);
    assertThat(far.exitCode()).isNotZero();
    assertThat(far.err())
        .contains(
            "has 32 steps behind those that were learned or chose the parameters, fewer than 36");

    Path histories = table("histories.csv", STEPS - 20, STEPS);
    CommandLineRun run =
        CommandLineRun.of(
            "predict",
            conf,
            "--input",
            histories.toString(),
            "--level",
            "50,90",
            "--set",
            prepared);
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(8);
    for (String line : lines) {
      JsonNode forecast = new ObjectMapper().readTree(line);
      int step = forecast.get("step").asInt();
      String series = forecast.get("unique_id").asText();
      assertThat(forecast.get("target").asText()).isEqualTo("y");
      assertThat(forecast.get("ds").asText())
          .isEqualTo(START.plusHours(STEPS + step - 1).toString().replace('T', ' ') + ":00");
      double size = wave(series, 0) > 20 ? 50 : 1;
      assertThat(forecast.get("lower_90").asDouble())
          .isLessThan(forecast.get("lower_50").asDouble());
      assertThat(forecast.get("upper_90").asDouble() + forecast.get("lower_90").asDouble())
          .isCloseTo(2 * forecast.get("forecast").asDouble(), within(1e-9 * size));
      assertThat(forecast.get("forecast").asDouble() / size)
          .isBetween(
              wave(series, STEPS + step - 1) / size - 0.5,
              wave(series, STEPS + step - 1) / size + 0.5);
    }
  }

  @Test
  void levelsAreWholePercents() {
    for (String level : List.of("0", "100", "80,80", "high", "80,")) {
      CommandLineRun run = CommandLineRun.of("predict", conf, "--input", "x", "--level", level);
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.err()).contains("--level " + level + ": must be whole numbers from 1 to 99");
    }
  }

  @Test
  void linesAreNoSteps() {
    CommandLineRun run = CommandLineRun.of("predict", conf, "--input", "-");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err())
        .contains("and the task reads id, time, target; name a file or table of rows");
  }

  /** On Spark in one go, and in threads with a stop between. */
  @Test
  void carriedSeriesAreTheSameWhenStoppedAndResumedElsewhere() throws IOException {
    List<String> carried =
        List.of(
            "--set",
            "forecasting.windows=carried",
            "--set",
            "data.prepared=" + folder.resolve("carried"),
            "--set",
            "train.batch=1",
            "--set",
            "shards=2");
    JsonNode whole = trained("whole", carried.toArray(String[]::new));
    var part = new ArrayList<>(List.of("train", conf, "--in-process", "--set", "train.rounds=10"));
    part.addAll(List.of("--set", "output=" + folder.resolve("parts")));
    part.addAll(carried);
    CommandLineRun stopped = CommandLineRun.of(part);
    assertThat(stopped.exitCode()).as(stopped.err()).isZero();
    var resumed = new ArrayList<>(carried);
    resumed.add("--resume");
    JsonNode parts = trained("parts", resumed.toArray(String[]::new));

    assertThat(parts.get("parameters_sha256")).isEqualTo(whole.get("parameters_sha256"));
    JsonNode scores = whole.get("scores");
    assertThat(scores.get("scaled-mse").asDouble())
        .isLessThan(0.2 * scores.get("naive-scaled-mse").asDouble());

    var evaluate = new ArrayList<>(List.of("evaluate", conf, "--windows", "2", "--level", "90"));
    evaluate.addAll(List.of("--set", "output=" + folder.resolve("whole")));
    evaluate.addAll(carried);
    CommandLineRun rolling = CommandLineRun.of(evaluate);
    assertThat(rolling.exitCode()).as(rolling.err()).isZero();
    assertThat(rolling.json().get("scores").get("scaled-mse").asDouble())
        .isLessThan(0.5 * scores.get("naive-scaled-mse").asDouble());
  }

  @Test
  void aRowThatIsNoStepIsNamed() throws IOException {
    Path bad = folder.resolve("bad.csv");
    var lines = new ArrayList<>(Files.readAllLines(folder.resolve("waves.csv")));
    lines.set(7, "a,yesterday,3.0");
    lines.set(9, "a,2026-01-01 04:00,many");
    Files.write(bad, lines);

    CommandLineRun run =
        CommandLineRun.of(
            "prepare",
            conf,
            "--set",
            "data.path=" + bad,
            "--set",
            "data.prepared=" + folder.resolve("none"));

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err())
        .contains("bad.csv, row 7: column ds holds \"yesterday\", which is no time")
        .contains("bad.csv, row 9: column y holds \"many\", which is no number")
        .doesNotContain("\tat ");
  }
}
