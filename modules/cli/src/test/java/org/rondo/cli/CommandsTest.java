package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.cli.exit.ExitCode;
import org.rondo.training.checkpoint.Checkpoint;

/** The whole way of a user, by command lines: train, look, evaluate, generate, stop, go on. */
final class CommandsTest {
  private static final String[] FIELDS = {
    "validation_loss",
    "perplexity",
    "metric",
    "score",
    "scores",
    "tokens_per_second",
    "tokens",
    "rounds",
    "parameters_sha256",
    "checkpoint",
    "report"
  };

  @TempDir private static Path folder;
  private static String conf;
  private static CommandLineRun straight;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text =
        Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat.\n".repeat(900));
    conf =
        Files.writeString(
                folder.resolve("tiny.conf"),
                """
                data.path = "%s"
                data.prepared = "%s"
                output = "%s"
                train { rounds = 8, sync_every = 3, batch = 4, unroll = 8 }
                network { units = 16, dropout = 0.1 }
                evaluate.every = 4
                generate.length = 40
                """
                    .formatted(text, folder.resolve("corpus"), folder.resolve("straight")))
            .toString();
    straight = CommandLineRun.of("train", conf);
  }

  @Test
  void trainEndsWithOneLineOfFiguresAndLeavesAReport() throws IOException {
    assertThat(straight.exitCode()).as(straight.err()).isZero();
    JsonNode figures = straight.json();
    assertThat(figures.fieldNames()).toIterable().containsExactly(FIELDS);
    assertThat(figures.get("rounds").asInt()).isEqualTo(8);
    // 2 shards x 8 rounds x 3 minibatches x 4 streams x 8 steps
    assertThat(figures.get("tokens").asLong()).isEqualTo(2 * 8 * 3 * 4 * 8);
    assertThat(figures.get("perplexity").asDouble())
        .isEqualTo(Math.exp(figures.get("validation_loss").asDouble()), within(1e-9));
    assertThat(figures.get("metric").asText()).isEqualTo("loss");
    assertThat(figures.get("score")).isEqualTo(figures.get("validation_loss"));
    assertThat(figures.at("/scores/perplexity")).isEqualTo(figures.get("perplexity"));
    assertThat(Path.of(figures.get("checkpoint").asText())).isDirectory();
    assertThat(Path.of(figures.get("report").asText()))
        .content()
        .contains("round_finished", "\"event\":\"sample\"", "layer 1");
    assertThat(folder.resolve("straight/events.jsonl"))
        .content()
        .contains("\"event\":\"configuration\"", "\"event\":\"finished\"");
    assertThat(straight.err())
        .contains("round 8: validation loss", "best     validation perplexity ")
        .contains("report   " + figures.get("report").asText(), "next     ", " generate " + conf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  @Timeout(300)
  void anInterruptedRunGoesOnWithTheBitsOfOneThatWasNot(String signal) throws Exception {
    assumeFalse(
        signal.equals("INT") && interruptsAreIgnored(),
        "the tests were started with SIGINT ignored (nohup, or & in a script): no interrupt"
            + " reaches this process");
    Path output = folder.resolve("interrupted-" + signal);
    String[] endless = {"--set", "output=" + output, "--set", "train.rounds=1000000"};
    var running = CompletableFuture.supplyAsync(() -> CommandLineRun.of("train", conf, endless));
    while (!running.isDone() && !roundFinished(output)) {
      Thread.sleep(5);
    }
    new ProcessBuilder("kill", "-" + signal, String.valueOf(ProcessHandle.current().pid()))
        .start()
        .waitFor();

    CommandLineRun interrupted = running.get();
    assertThat(interrupted.exitCode()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.err()).contains("stopping after this round", "--resume goes on");
    assertThat(interrupted.err().lines())
        .last()
        .asString()
        .startsWith("go on ")
        .contains(" train ", "output=" + output)
        .endsWith(" --resume");

    int rounds = interrupted.json().get("rounds").asInt() + 2;
    CommandLineRun resumed = train(output, rounds, "--resume");
    CommandLineRun whole = train(folder.resolve("whole-" + signal), rounds);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    for (String field : new String[] {"parameters_sha256", "validation_loss", "tokens", "rounds"}) {
      assertThat(resumed.json().get(field)).as(field).isEqualTo(whole.json().get(field));
    }
  }

  /**
   * Whether whoever started this process had SIGINT ignored, which Java leaves so. Linux tells
   * (SigIgn in proc(5), a mask of signals from 1 on); elsewhere interrupts are taken to arrive.
   */
  private static boolean interruptsAreIgnored() throws IOException {
    long sigint = 1L << (2 - 1);
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(mask -> (mask & sigint) != 0);
    }
  }

  private static CommandLineRun train(Path output, int rounds, String... more) {
    var arguments = new ArrayList<String>(List.of(more));
    arguments.addAll(List.of("--set", "output=" + output, "--set", "train.rounds=" + rounds));
    return CommandLineRun.of("train", conf, arguments.toArray(String[]::new));
  }

  @Test
  void threadsOfThisProcessTrainWithTheBitsOfSpark() throws IOException {
    String output = "output=" + folder.resolve("threads");
    CommandLineRun threads =
        CommandLineRun.of(List.of("train", conf, "--in-process", "--set", output));

    assertThat(threads.exitCode()).as(threads.err()).isZero();
    assertThat(threads.json().get("parameters_sha256"))
        .isEqualTo(straight.json().get("parameters_sha256"));
    assertThat(folder.resolve("threads/events.jsonl"))
        .content()
        .contains("threads of this process");
  }

  @Test
  void aMasterBesideInProcessIsRefused() {
    CommandLineRun both =
        CommandLineRun.of(List.of("train", conf, "--in-process", "--master", "local[2]"));

    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--in-process and --master local[2] are both given");
  }

  @Test
  void aTruncatedCheckpointIsNamedAndAnotherOfTheRunTaken() throws IOException {
    Path output = folder.resolve("truncated");
    train(output, 1);
    Path parameters = output.resolve("checkpoints/best-round-000001/parameters.safetensors");
    byte[] whole = Files.readAllBytes(parameters);
    Files.write(parameters, Arrays.copyOf(whole, whole.length - 5));

    CommandLineRun named =
        CommandLineRun.of("generate", conf, "--checkpoint", parameters.getParent().toString());
    CommandLineRun newest = CommandLineRun.of("generate", conf, "--set", "output=" + output);

    assertThat(named.exitCode()).isEqualTo(3);
    assertThat(named.err()).contains("parameters.safetensors is truncated");
    assertThat(newest.exitCode()).as(newest.err()).isZero();
    assertThat(newest.err())
        .contains("parameters.safetensors is truncated", "/round-000001 is taken instead");
  }

  @Test
  void aRecordThatAKilledRunLeftHalfWrittenGoesOnWithWholeLines() throws IOException {
    Path output = folder.resolve("killed");
    train(output, 1);
    Path events = output.resolve("events.jsonl");
    Files.writeString(events, "{\"event\":\"round_fin", StandardOpenOption.APPEND);

    CommandLineRun resumed = train(output, 2, "--resume");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(Files.readAllLines(events)).allMatch(line -> line.endsWith("}"));
    assertThat(output.resolve("report.html")).content().doesNotContain("round_fin\"");
  }

  private static boolean roundFinished(Path output) throws IOException {
    Path events = output.resolve("events.jsonl");
    return Files.exists(events) && Files.readString(events).contains("round_finished");
  }

  @Test
  void anEarlierRunIsMovedAsideAndNothingOfItIsLost() throws IOException {
    String output = "output=" + folder.resolve("again");
    CommandLineRun first =
        CommandLineRun.of("train", conf, "--set", output, "--set", "train.rounds=1");

    CommandLineRun second =
        CommandLineRun.of(
            "train", conf, "--set", output, "--set", "train.rounds=1", "--set", "seed=2");

    Path aside = folder.resolve("again/earlier-1");
    assertThat(second.err()).containsOnlyOnce("an earlier run was moved to " + aside);
    assertThat(second.json().get("parameters_sha256"))
        .isNotEqualTo(first.json().get("parameters_sha256"));
    assertThat(aside.resolve("checkpoints/best-round-000001/manifest.json")).exists();
    assertThat(aside.resolve("events.jsonl")).exists();
  }

  @Test
  void evaluateMeasuresTheLossThatTrainingReported() throws IOException {
    CommandLineRun evaluated = CommandLineRun.of("evaluate", conf);

    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("loss")).isEqualTo(straight.json().get("validation_loss"));
  }

  @Test
  void severalCheckpointsAreComparedAndMayAdaptToTheText() throws IOException {
    String checkpoint = straight.json().get("checkpoint").asText();
    CommandLineRun evaluated =
        CommandLineRun.of(
            "evaluate",
            conf,
            "--checkpoint",
            checkpoint,
            "--checkpoint",
            checkpoint,
            "--dynamic",
            "0.5");

    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    List<String> lines = evaluated.out().lines().toList();
    assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).isEqualTo(lines.get(0)));
    double loss = new ObjectMapper().readTree(lines.get(0)).get("loss").asDouble();
    double before = straight.json().get("validation_loss").asDouble();
    assertThat(loss).isNotEqualTo(before).isCloseTo(before, within(0.5));
    assertThat(evaluated.err())
        .containsPattern(
            "loss +perplexity +bits-per-token +perplexity-per-word +bits-per-character"
                + " +bits-per-byte +checkpoint\\R *"
                + figure(loss));
  }

  @Test
  void constantsOfAnAdaptationThatIsNotAskedForAreRefused() {
    CommandLineRun refused =
        CommandLineRun.of("evaluate", conf, "--dynamic", "0.5", "--cache-weight", "0.2");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--cache-weight is given without --cache; give both");
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value).replace(".", "\\.");
  }

  @Test
  void generateDrawsSamplesAndEndsBeforeAStop() {
    CommandLineRun several =
        CommandLineRun.of(
            "generate", conf, "--prime", "the ", "--samples", "2", "--repetition-penalty", "1.3");
    CommandLineRun stopped =
        CommandLineRun.of("generate", conf, "--prime", "the ", "--beam", "3", "--stop", "t|e|a");

    assertThat(several.exitCode()).as(several.err()).isZero();
    assertThat(several.out()).startsWith("the ").contains("\n----\nthe ");
    assertThat(stopped.exitCode()).as(stopped.err()).isZero();
    assertThat(stopped.out().substring(4)).doesNotContain("t", "e", "a");
  }

  @Test
  void anotherTextIsMeasuredByTheVocabularyOfTheCheckpoint() throws IOException {
    Path other =
        Files.writeString(folder.resolve("other.txt"), "the cat ate the mat: 789.\n".repeat(50));
    Path bare = Files.writeString(folder.resolve("bare.conf"), "network.units = 16\n");
    CommandLineRun evaluated =
        CommandLineRun.of(
            "evaluate",
            bare.toString(),
            "--checkpoint",
            straight.json().get("checkpoint").asText(),
            "--text",
            other.toString());

    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("split").asText()).isEqualTo("text");
    // The colon and the three digits of 26 characters
    assertThat(evaluated.json().get("unknown_share").asDouble()).isEqualTo(4.0 / 26, within(1e-9));
    assertThat(evaluated.err())
        .contains("warning: 15.4 % of the tokens of " + other + " are unknown to the");
  }

  @Test
  void anEvaluationWritesNothingIntoFoldersThatARunMayRead() throws IOException {
    Path other = Files.writeString(folder.resolve("third.txt"), "xyz.\n".repeat(200));
    List<String> before = everyFile(folder.resolve("corpus"));
    CommandLineRun refused = CommandLineRun.of("evaluate", conf, "--set", "data.path=" + other);
    CommandLineRun both =
        CommandLineRun.of("evaluate", conf, "--split", "test", "--text", other.toString());

    assertThat(refused.exitCode()).isEqualTo(ExitCode.DATA.number());
    assertThat(refused.err())
        .contains(
            "vocabulary: that of the text " + other + " (",
            "is not that of the checkpoint",
            "--text PATH encodes a text by the checkpoint's")
        .doesNotContain("rondo-evaluation");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE.number());
    assertThat(everyFile(folder.resolve("corpus"))).isEqualTo(before);
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("corpus-"));
  }

  private static List<String> everyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> file + " " + file.toFile().lastModified()).sorted().toList();
    }
  }

  @Test
  void resumingWithAnotherTextOrTokenizerIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path other = Files.writeString(folder.resolve("fourth.txt"), "the cat sat. ".repeat(900));
    String output = "output=" + folder.resolve("straight");
    for (String key : List.of("data.path=" + other, "data.tokenizer=words")) {
      CommandLineRun resumed =
          CommandLineRun.of(
              List.of("train", conf, "--in-process", "--resume", "--set", output, "--set", key));
      assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DATA.number());
      assertThat(resumed.err()).contains("straight/checkpoints/round-000008");
    }
    assertThat(folder.toFile().list())
        .filteredOn(name -> name.startsWith("corpus") || name.startsWith("_corpus"))
        .containsExactly("corpus");
  }

  @Test
  void unknownTokensOfAPrimeAreSaid() {
    CommandLineRun generated = CommandLineRun.of("generate", conf, "--prime", "the \u0416\u001b");

    assertThat(generated.exitCode()).as(generated.err()).isZero();
    assertThat(generated.err())
        .contains("the vocabulary lacks 2 tokens of the prime, read as <unk>: ")
        .doesNotContain("\u001b");
  }

  @Test
  void splitsWithTooLittleAreRefusedBeforeSparkStarts() {
    CommandLineRun empty = CommandLineRun.of("evaluate", conf, "--split", "test");
    CommandLineRun unknown = CommandLineRun.of("evaluate", conf, "--split", "foo");
    CommandLineRun shorter =
        CommandLineRun.of("evaluate", conf, "--set", "evaluate.streams=100000");

    assertThat(empty.exitCode()).isEqualTo(ExitCode.DATA.number());
    assertThat(empty.err())
        .contains("evaluate: the test split of ", " is empty; data.test, or data.test_fraction");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.number());
    assertThat(unknown.err()).contains("no split foo; there are train, validation and test");
    assertThat(shorter.exitCode()).isEqualTo(ExitCode.DATA.number());
    assertThat(shorter.err()).contains("evaluate.streams = 100000 needs at least 100001");
    assertThat(empty.err() + unknown.err() + shorter.err()).doesNotContain("\tat ", "SparkContext");
  }

  @Test
  void generateRepeatsItselfWithTheSameSeedOnly() {
    CommandLineRun first = CommandLineRun.of("generate", conf, "--prime", "the ", "--seed", "5");
    CommandLineRun again = CommandLineRun.of("generate", conf, "--prime", "the ", "--seed", "5");
    CommandLineRun other = CommandLineRun.of("generate", conf, "--prime", "the ", "--seed", "6");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("the ").isEqualTo(again.out()).isNotEqualTo(other.out());
    assertThat(first.out().strip()).hasSizeBetween(30, 44);
  }

  @Test
  void generateTakesACheckpointByItsPath() throws IOException {
    CommandLineRun generated =
        CommandLineRun.of(
            "generate",
            conf,
            "--set",
            "output=" + folder.resolve("nothing"),
            "--checkpoint",
            straight.json().get("checkpoint").asText(),
            "--length",
            "3",
            "--temperature",
            "0");

    assertThat(generated.exitCode()).as(generated.err()).isZero();
  }

  @Test
  void weightsGoToPytorchAndComeBackAsACheckpoint() throws IOException {
    String run = folder.resolve("straight").toString();
    String weights = folder.resolve("weights.safetensors").toString();
    String byConf = folder.resolve("by-conf").toString();
    String byRun = folder.resolve("by-run").toString();

    CommandLineRun exported = CommandLineRun.of("export", conf, "--output", weights);
    CommandLineRun imported =
        CommandLineRun.of("import", conf, "--weights", weights, "--output", byConf);
    CommandLineRun likeRun =
        CommandLineRun.of(
            "import", conf, "--weights", weights, "--output", byRun, "--checkpoint", run);
    CommandLineRun again =
        CommandLineRun.of("import", conf, "--weights", weights, "--output", byRun);
    CommandLineRun renamed =
        CommandLineRun.of(
            "import", conf, "--weights", weights, "--output", run + "-2", "--rename", "rnn=lstm");

    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(folder.resolve(".weights.safetensors.crc")).doesNotExist();
    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(likeRun.exitCode()).as(likeRun.err()).isZero();
    assertThat(parameters(byConf)).containsExactly(parameters(run));
    assertThat(parameters(byRun)).containsExactly(parameters(run));
    assertThat(CommandLineRun.of("generate", conf, "--checkpoint", byConf).out())
        .isEqualTo(CommandLineRun.of("generate", conf).out())
        .isNotBlank();
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE.number());
    assertThat(again.err()).contains("--output " + byRun + " exists already; name a new folder");
    assertThat(renamed.exitCode()).as(renamed.err()).isEqualTo(3);
    assertThat(renamed.err())
        .contains("weights.safetensors: pytorch: the network has no place for the tensor lstm.")
        .hasLineCount(1);
  }

  @Test
  void reportDrawsRunsInOnePage() {
    String run = folder.resolve("straight").toString();
    String page = folder.resolve("runs.html").toString();

    CommandLineRun drawn = CommandLineRun.of(List.of("report", run, run, "--output", page));
    CommandLineRun missing =
        CommandLineRun.of(List.of("report", folder + "/none", "--output", folder + "/none.html"));

    assertThat(drawn.exitCode()).as(drawn.err()).isZero();
    assertThat(drawn.err()).isEqualTo("written: " + page + ", 2 runs" + System.lineSeparator());
    assertThat(Path.of(page)).content().contains("\"state\":\"completed\"", "network.units");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).contains("report: " + folder + "/none holds no events.jsonl");
  }

  private static float[] parameters(String checkpoint) {
    return Checkpoint.open(
            new org.apache.hadoop.fs.Path(checkpoint), new org.apache.hadoop.conf.Configuration())
        .parameters();
  }
}
