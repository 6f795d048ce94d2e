package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets wrong ends with the right code and one sentence, without a stack trace. */
final class BadInputTest {
  /** So small that the text is long enough. */
  private static final String[] SHAPE = {"train.batch=2", "train.unroll=4"};

  @TempDir private Path folder;
  private Path text;
  private String conf;

  @BeforeEach
  void writeFiles() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), "some words to learn\n".repeat(50));
    conf =
        Files.writeString(
                folder.resolve("test.conf"),
                "data.path = \"%s\"\noutput = \"%s\"\n".formatted(text, folder.resolve("out")))
            .toString();
  }

  @Test
  void commandsAndOptionsThatThereAreNot() {
    assertRefused(CommandLineRun.of(List.of("trian")), 2, "'trian'");
    assertThat(CommandLineRun.of(List.of("trian", conf)).err()).contains("rondo train");
    assertRefused(CommandLineRun.of(List.of("train")), 2, "'CONF'");
    assertRefused(CommandLineRun.of("train", conf, "--fast"), 2, "'--fast'");
    assertRefused(CommandLineRun.of("train", conf, "--reshard"), 2, "given with --resume alone");
  }

  @Test
  void configurationsThatCannotBeCarriedOut() {
    assertRefused(train(), 3, "tokens");
    assertRefused(train("tran.rounds=1"), 2, "unknown key tran.rounds; did you mean train.rounds?");
    assertRefused(train("train.rounds=all"), 2, "train.rounds = all, expected a whole number");
    assertRefused(train("train.rounds=0"), 2, "--set: train.rounds = 0: must be >= 1");
    assertRefused(train("optimizer.name=lbfgs"), 2, "optimizer.name = lbfgs");
    assertRefused(train("sync.name=mean"), 2, "sync.name = mean: no such synchronizer");
    assertRefused(train("sync.momentum=much"), 2, "sync.momentum = much: must be auto");
    assertRefused(
        train("sync.growth=2"), 2, "sync.growth = 2: needs sync.maximum >= train.sync_every = ");
    assertRefused(train("network.cell=gnu"), 2, "network.cell = gnu: no such cell");
    assertRefused(
        train("network.cell=vanilla", "network.cell_options.activaton=relu"),
        2,
        "network.cell_options.activaton = relu: cell vanilla has no such option; it has [activation, initial]");
    assertRefused(
        train("network.cell=vanilla", "network.cell_options.activation=step"),
        2,
        "network.cell_options.activation = step: must be one of [tanh, relu]");
    assertRefused(
        train("network.bidirectional=true"), 2, "would show it the very ids that it is to predict");
    assertRefused(train("data.tokenizer=syllables"), 2, "syllables");
    assertRefused(train("kernels.matmul=abacus"), 2, "kernels.matmul = abacus");
    assertRefused(train("precision=float8"), 2, "precision = float8");
    assertRefused(train("data.train=" + text), 2, "data.path and data.train are both set");
    assertRefused(CommandLineRun.of("train", folder.resolve("no.conf").toString()), 2, "no.conf");
    assertRefused(CommandLineRun.of("train", folder.toString()), 2, "is a folder");
    assertRefused(train("train=3"), 2, "--set: train = 3, but train is a section");
    assertRefused(
        CommandLineRun.of("generate", conf, "--length", "abc"),
        2,
        "--length: generate.length = abc, expected a whole number");
    assertRefused(train("train.rounds"), 2, "Value for option '--set'");
    assertRefused(
        CommandLineRun.of(
            List.of(
                "train", conf, "--master", "sparkle://x", "--set", SHAPE[0], "--set", SHAPE[1])),
        2,
        "Spark does not start on sparkle://x");
    assertRefused(
        CommandLineRun.of(
            List.of(
                "train",
                conf,
                "--master",
                "spark://127.0.0.1:1",
                "--set",
                SHAPE[0],
                "--set",
                SHAPE[1])),
        2,
        "Spark does not start on spark://127.0.0.1:1: no master answers at 127.0.0.1:1 (Connection refused)");
  }

  @Test
  void argumentsAreTakenAsTheyStandOrRefused() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "--fast");

    // No file of arguments.
    assertRefused(CommandLineRun.of("train", "@" + list), 2, "file @" + list + " does not exist");
    assertRefused(
        CommandLineRun.of("generate", conf, "--prime", "caf\uFFFD"),
        2,
        "argument 'caf\uFFFD' holds bytes that are no text in");
  }

  @Test
  void includesInACircle() throws IOException {
    Path other = folder.resolve("other.conf");
    Path one = Files.writeString(folder.resolve("one.conf"), "include \"other.conf\"\n");
    Files.writeString(other, "include \"one.conf\"\n");

    assertRefused(
        CommandLineRun.of("train", one.toString()),
        2,
        other + " includes \"one.conf\", which is itself being read");
  }

  @Test
  void trainingThatDivergesEndsWithFour() {
    String[] reckless = {"optimizer.name=sgd", "optimizer.learning_rate=1e30", "train.rounds=2"};

    assertRefused(train(concat(SHAPE, reckless)), 4, "training diverged in round");
  }

  private static String[] concat(String[] some, String[] more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void requiredKeysAreNamed() throws IOException {
    String empty = Files.writeString(folder.resolve("empty.conf"), "").toString();

    assertRefused(
        CommandLineRun.of("train", empty, "--set", "output=x"), 2, "data.path is required");
    assertRefused(CommandLineRun.of("generate", empty), 2, "output is required");
  }

  @Test
  void textsThatCannotBeLearned() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    Path broken =
        Files.write(folder.resolve("broken.txt"), new byte[] {'a', '\n', (byte) 0xff, 'b'});

    assertRefused(train("data.path=" + folder.resolve("none")), 3, "none");
    assertRefused(train("data.path=" + empty), 3, "empty");
    assertRefused(train("data.path=" + broken), 3, "broken.txt");
    CommandLineRun cutOff = train("data.path=" + corruptGzip());
    assertRefused(cutOff, 3, "corrupt.gz");
    assertThat(cutOff.err()).doesNotContain("service");
    assertThat(folder.resolve("out/corpus/manifest.json")).doesNotExist();
  }

  private Path corruptGzip() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("text that ends too early".getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(
        folder.resolve("corrupt.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() - 12));
  }

  @Test
  void checkpointsThatAreNotThere() {
    assertRefused(CommandLineRun.of("generate", conf), 3, "out");
    assertRefused(CommandLineRun.of("evaluate", conf), 3, "out");
  }

  @Test
  void helpAndVersionAreNoErrors() {
    assertThat(CommandLineRun.of(List.of("--help")).out())
        .contains("prepare", "train", "evaluate", "generate", "doctor", "Exit codes");
    assertThat(CommandLineRun.of(List.of("--version")).out()).matches("rondo \\d+\\.\\d+.*\\R");
    assertThat(CommandLineRun.of(List.of("train", "--help")).exitCode()).isZero();
  }

  @Test
  void theStackTraceIsShownToThoseWhoAskForIt() {
    assertThat(CommandLineRun.of("train", conf, "--verbose", "--set", "train.rounds=0").err())
        .contains("\tat org.rondo.");
  }

  private CommandLineRun train(String... keys) {
    var more = new ArrayList<String>();
    for (String key : keys) {
      more.addAll(List.of("--set", key));
    }
    return CommandLineRun.of("train", conf, more.toArray(String[]::new));
  }

  private static void assertRefused(CommandLineRun run, int exitCode, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).containsPattern("(?m)^rondo: ").contains(message).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }
}
