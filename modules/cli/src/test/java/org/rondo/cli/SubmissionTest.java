package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.runs.SettingsException;

/** What scripts/rondo-submit tells spark-submit. */
final class SubmissionTest {
  private static final String MAIN = "org.rondo.cli.Main";

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();
  private String conf;

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.writeString(
        folder.resolve("base.conf"),
        """
        data.maximum_vocabulary = 5000
        network.units = 256
        shards = 4
        spark.executor.cores = 4
        spark.authenticate.secret = hush
        """);
    conf =
        Files.writeString(
                folder.resolve("my.conf"),
                """
                include "base.conf"
                data.path = text.txt
                output = "/shared/run"
                """)
            .toString();
  }

  private List<String> line(String... words) throws IOException {
    return new Submission("/opt/rondo.jar", SubmitArguments.parse(List.of(words)), notes::add)
        .arguments();
  }

  /** The value of a setting in a line, by its option or by --conf. */
  private static String setting(List<String> line, String key) {
    return line.stream()
        .filter(word -> word.startsWith(key + "="))
        .map(word -> word.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is not in " + line));
  }

  private static String option(List<String> line, String option) {
    return line.get(line.indexOf(option) + 1);
  }

  @Test
  void aClientOnAStandaloneClusterGetsItsFlagsAndRondosLog() throws IOException {
    List<String> line = line("--master", "spark://host:7077", "train", conf, "--resume");

    assertThat(option(line, "--master")).isEqualTo("spark://host:7077");
    assertThat(setting(line, "spark.driver.extraJavaOptions"))
        .contains("--add-modules=jdk.incubator.vector", "CompileCommand=dontinline")
        .contains("-Dlog4j2.configurationFile=jar:file:/opt/rondo.jar!/org/rondo/cli/");
    assertThat(line).endsWith("--class", MAIN, "/opt/rondo.jar", "train", conf, "--resume");
    assertThat(String.join(" ", line)).doesNotContain("memoryOverhead");
    assertThat(notes)
        .singleElement()
        .asString()
        .matches("tasks at a time in an executor: 4; their native buffers take [\\d,]+ MB");
  }

  @Test
  void aDriverInAContainerOfYarnGetsRoomAndFilesAndOneAttempt() throws IOException {
    List<String> line = line("--master=yarn", "--deploy-mode", "cluster", "train", conf);

    assertThat(setting(line, "spark.driver.extraJavaOptions"))
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "jdk.incubator.vector")
        .doesNotContain("log4j2");
    assertThat(setting(line, "spark.yarn.appMasterEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(setting(line, "spark.yarn.maxAppAttempts")).isEqualTo("1");
    assertThat(option(line, "--files")).contains(conf, folder.resolve("base.conf").toString());
    assertThat(megabytes(setting(line, "spark.driver.memoryOverhead"))).isGreaterThan(384);
    assertThat(line.subList(line.indexOf(MAIN), line.size()))
        .startsWith(MAIN, "/opt/rondo.jar", "train", "my.conf");
    // The driver's folder is another one than this process's.
    assertThat(setting(line, "data.path"))
        .isEqualTo("file:" + Path.of("text.txt").toAbsolutePath());
    assertThat(line).noneMatch(word -> word.startsWith("output="));
  }

  private static long megabytes(String setting) {
    assertThat(setting).endsWith("m");
    return Long.parseLong(setting.substring(0, setting.length() - 1));
  }

  @Test
  void overheadGrowsWithTheMinibatchAndTheTasksAtOnce() throws IOException {
    String[] yarn = {"--master", "yarn", "train", conf};
    long usual = overhead(yarn);
    long moreTasks =
        overhead("--executor-cores", "16", "--master", "yarn", "train", conf, "--set", "shards=16");
    long longerSteps = overhead("--master", "yarn", "train", conf, "--set", "train.unroll=400");

    assertThat(usual).isGreaterThan(384);
    assertThat(moreTasks - 384).isGreaterThan(3 * (usual - 384));
    assertThat(longerSteps).isGreaterThan(usual);
  }

  private long overhead(String... words) throws IOException {
    return megabytes(setting(line(words), "spark.executor.memoryOverhead"));
  }

  @Test
  void tooLittleOverheadIsRefusedHere() {
    assertThatThrownBy(
            () ->
                line(
                    "--master",
                    "yarn",
                    "--conf",
                    "spark.executor.memoryOverhead=400m",
                    "train",
                    conf))
        .hasMessageContaining("spark.executor.memoryOverhead = 400m is too little")
        .hasMessageContaining("give at least");
  }

  @Test
  void kubernetesGetsTheSameByItsOwnNames() throws IOException {
    List<String> line =
        line("--master", "k8s://https://host:6443", "--deploy-mode", "cluster", "train", conf);

    assertThat(setting(line, "spark.kubernetes.driverEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(megabytes(setting(line, "spark.executor.memoryOverhead"))).isGreaterThan(384);
  }

  @Test
  void optionsStandAboveTheConfigurationAndAreKeptAsTheyWereGiven() throws IOException {
    List<String> line =
        line(
            "--master",
            "spark://host:7077",
            "--executor-cores",
            "2",
            "--driver-java-options",
            "-Xss4m",
            "--supervise",
            "--packages",
            "org.example:cells:1.0",
            "train",
            conf);

    assertThat(option(line, "--executor-cores")).isEqualTo("2");
    assertThat(line).containsSequence("--set", "spark.executor.cores=2");
    assertThat(setting(line, "spark.driver.extraJavaOptions")).startsWith("-Xss4m --add-modules");
    assertThat(line).containsSequence("--supervise", "--packages", "org.example:cells:1.0");
  }

  @Test
  void noSecretStandsInALineThatAllCanRead() throws IOException {
    Path properties =
        Files.writeString(
            folder.resolve("secret.properties"),
            "spark.master=spark://host:7077\nspark.authenticate.secret=whisper\n");

    List<String> line = line("--properties-file", properties.toString(), "train", conf);

    assertThat(String.join(" ", line)).doesNotContain("hush", "whisper");
    assertThat(option(line, "--properties-file")).isEqualTo(properties.toString());
  }

  @Test
  void whatCannotBeSubmittedIsToldWithItsCure() {
    assertRefused("no master is given: --master", "train", conf);
    assertRefused("after the options of spark-submit comes a command", "--master", "yarn");
    assertRefused("--master of spark-submit has no value", "--master");
    assertRefused("--conf spark.x: expected KEY=VALUE", "--conf", "spark.x", "train", conf);
    assertRefused(
        "--master is an option of spark-submit here: give it before train",
        "--master",
        "yarn",
        "train",
        conf,
        "--master",
        "yarn");
    assertRefused(
        "configuration file no.conf does not exist", "--master", "yarn", "train", "no.conf");
  }

  private void assertRefused(String message, String... words) {
    assertThatThrownBy(() -> line(words))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theCommandPrintsAnArgumentPerLineAndItsNotesApart() {
    CommandLineRun run =
        CommandLineRun.of(
            List.of(
                "submission", "--jar", "/opt/rondo.jar", "--", "--master", "yarn", "train", conf));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).startsWith("--master", "yarn").endsWith("train", conf);
    assertThat(run.err()).startsWith("rondo-submit: tasks at a time in an executor: 4;");
  }
}
