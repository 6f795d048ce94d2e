package org.rondo.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rondo.cli.CommandLineRun;
import org.rondo.runs.spark.SparkStart;

/** What scripts/rondo-submit tells spark-submit. */
final class SubmissionTest extends SubmissionCase {
  @Test
  void aClientOnAStandaloneClusterGetsItsFlagsAndRondosLog() throws IOException {
    List<String> line = line("--master", "spark://host:7077", "train", conf, "--resume");

    assertThat(option(line, "--master")).isEqualTo("spark://host:7077");
    assertThat(setting(line, "spark.driver.extraJavaOptions"))
        .contains("--add-modules=jdk.incubator.vector", "CompileCommand=dontinline")
        .contains("-Dlog4j2.configurationFile=jar:file:" + rondo + "!/org/rondo/cli/");
    assertThat(line).endsWith("--class", MAIN, rondo, "train", conf, "--resume");
    assertThat(String.join(" ", line)).doesNotContain("memoryOverhead");
    assertThat(notes)
        .singleElement()
        .asString()
        .matches("tasks at a time in an executor: 4; their native buffers take [\\d,]+ MB");
  }

  @Test
  void rowsGetTheRoomOfALikelyNetworkInBothDirections() throws IOException {
    String[] rows = {"train", conf, "--set", "task=classification", "--set", "data.format=csv"};
    String[] both = Arrays.copyOf(rows, rows.length + 2);
    both[rows.length] = "--set";
    both[rows.length + 1] = "network.bidirectional=true";

    assertThat(line(prepended("--master", "yarn", both))).contains("task=classification");
    assertThat(notes).singleElement().asString().contains("native buffers");
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
        .startsWith(MAIN, rondo, "train", "my.conf");
    // The driver's folder is another one than this process's.
    assertThat(setting(line, "data.path"))
        .isEqualTo("file:" + Path.of("text.txt").toAbsolutePath());
    assertThat(line).noneMatch(word -> word.startsWith("output="));
  }

  @Test
  void whatTasksTakeGrowsWithTheMinibatchAndTheTasksAtOnce() throws IOException {
    String[] yarn = {"--master", "yarn", "train", conf};
    long usual = needed(yarn);
    long moreTasks =
        needed("--executor-cores", "16", "--master", "yarn", "train", conf, "--set", "shards=16");
    long longerSteps = needed("--master", "yarn", "train", conf, "--set", "train.unroll=400");

    assertThat(moreTasks).isGreaterThan(3 * usual);
    assertThat(longerSteps).isGreaterThan(usual);
  }

  private long needed(String... words) throws IOException {
    notes.clear();
    // Their room the driver adds, when it knows how many tokens there are.
    assertThat(line(words)).noneMatch(word -> word.startsWith("spark.executor.memoryOverhead"));
    return Long.parseLong(notes.get(0).replaceAll(".*take ([\\d,]+) MB", "$1").replace(",", ""));
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
        .hasMessageContaining("give at least")
        .hasMessageContaining("configured is shards = ")
        .hasMessageContaining("network.units = ");
  }

  @Test
  void kubernetesGetsTheSameByItsOwnNames() throws IOException {
    List<String> line =
        line("--master", "k8s://https://host:6443", "--deploy-mode", "cluster", "train", conf);

    assertThat(setting(line, "spark.kubernetes.driverEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(megabytes(setting(line, "spark.driver.memoryOverhead"))).isGreaterThan(384);
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
  void sparksOwnDefaultsCountWhereNoFileOfPropertiesIsGiven() throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark"));
    Files.writeString(
        Files.createDirectories(home.resolve("conf")).resolve("spark-defaults.conf"),
        "spark.master spark://home:7077\nspark.driver.extraJavaOptions  -Xss4m  \n");
    Path folderOfConf = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folderOfConf.resolve("spark-defaults.conf"), "spark.master yarn\n");
    Path properties =
        Files.writeString(folder.resolve("my.properties"), "spark.master=spark://mine:7077\n");
    var environment = new HashMap<>(Map.of("SPARK_HOME", home.toString()));

    List<String> line = line(rondo, environment, "train", conf);
    assertThat(setting(line, "spark.driver.extraJavaOptions")).startsWith("-Xss4m --add-modules");
    assertThat(line).doesNotContain("--master"); // spark-submit reads it itself

    List<String> mine = line(rondo, environment, "--properties-file=" + properties, "train", conf);
    assertThat(setting(mine, "spark.driver.extraJavaOptions")).startsWith("--add-modules");

    environment.put("SPARK_CONF_DIR", folderOfConf.toString());
    line = line(rondo, environment, "--deploy-mode", "cluster", "train", conf);
    assertThat(setting(line, "spark.yarn.maxAppAttempts")).isEqualTo("1");
  }

  @Test
  void noSecretStandsInALineThatAllCanRead() throws IOException {
    Path properties =
        Files.writeString(
            folder.resolve("secret.properties"),
            "spark.master=spark://host:7077\nspark.authenticate.secret=whisper\n");

    List<String> line = line("--properties-file", properties.toString(), "train", conf);

    assertThat(String.join(" ", line)).doesNotContain("hush", "whisper");
    // The configuration's stands above the file's, whose other settings are kept.
    assertThat(option(line, "--properties-file")).isEqualTo(folder.resolve("secrets").toString());
    assertThat(line).containsOnlyOnce("--properties-file");
    assertThat(secrets())
        .containsEntry("spark.authenticate.secret", "hush")
        .containsEntry("spark.master", "spark://host:7077");
  }

  private Properties secrets() throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve("secrets"))) {
      properties.load(in);
    }
    return properties;
  }

  @Test
  void secretsOfTheCommandAndInsideOfOptionsTravelInTheFileToo() throws IOException {
    List<String> line =
        line(
            "--master",
            "spark://host:7077",
            "--conf",
            "spark.hadoop.fs.s3a.encryption.key=hidden1",
            "--driver-java-options",
            "-Dmy.password=hidden2",
            "train",
            conf,
            "--set",
            "spark.hadoop.fs.s3a.secret.key=hidden3",
            "--set=spark.hadoop.fs.s3a.session.token=hidden4",
            "--set",
            "train.rounds=5");

    assertThat(String.join(" ", line)).doesNotContain("hidden");
    assertThat(line).endsWith("train", conf, "--set", "train.rounds=5");
    assertThat(secrets())
        .containsEntry("spark.hadoop.fs.s3a.encryption.key", "hidden1")
        .containsEntry(SparkStart.ABOVE + "spark.hadoop.fs.s3a.secret.key", "hidden3")
        .containsEntry(SparkStart.ABOVE + "spark.hadoop.fs.s3a.session.token", "hidden4");
    assertThat(secrets().getProperty("spark.driver.extraJavaOptions"))
        .contains("-Dmy.password=hidden2", "jdk.incubator.vector");
  }

  @Test
  void whatCannotBeSubmittedIsToldWithItsCure() {
    assertRefused("no master is given: --master", "train", conf);
    assertRefused("no master is given: --master", "--master", "", "train", conf);
    assertRefused("after the options of spark-submit comes a command", "--master", "yarn");
    assertRefused("--master of spark-submit has no value", "--master");
    assertRefused("a program of yours goes by spark-submit itself", "--class", "my.Main", "my.jar");
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

  @Test
  void whatIsNeitherAnOptionNorACommandIsNamed() {
    assertRefused("--mastr is no option of spark-submit", "--mastr", "yarn", "train", conf);
    assertRefused("--mastr is no option of spark-submit", "--mastr=yarn", "train", conf);
    assertRefused("my.conf is no command of Rondo's", "--master", "yarn", "my.conf");
    assertRefused(
        "--properties-file /nope does not exist", "--properties-file", "/nope", "train", conf);
    assertRefused(
        "settings of Spark in " + folder + " cannot be read: Is a directory",
        "--properties-file",
        folder.toString(),
        "train",
        conf);
    for (String master : List.of("foo", "yarn-client", "spark://host", "sparkle://host:7077")) {
      assertRefused(
          "spark.master = %s is no master of Spark: expected spark://HOST:PORT".formatted(master),
          "--master",
          master,
          "train",
          conf);
    }
  }

  @Test
  void everyMasterOfSparkIsKnown() throws IOException {
    for (String master :
        List.of("local", "local[2]", "local-cluster[2,1,1024]", "spark://a:7077,b:7077")) {
      assertThat(option(line("--master", master, "train", conf), "--master")).isEqualTo(master);
    }
  }

  @Test
  void commandsWithoutSparkAreNotLeftToYarn() throws IOException {
    for (String command : List.of("prepare", "generate", "doctor")) {
      assertRefused(
          command + " may start no Spark, and in cluster mode YARN would wait for one",
          "--master",
          "yarn",
          "--deploy-mode",
          "cluster",
          command,
          conf);
      assertThat(line("--master", "yarn", command, conf)).contains(command);
      assertThat(line("--master", "spark://h:7077", "--deploy-mode", "cluster", command, conf))
          .contains(command);
    }
    assertThat(line("--master", "yarn", "--deploy-mode", "cluster", "doctor", conf, "--cluster"))
        .contains("doctor");
    assertRefused(
        "--in-process trains without Spark", "--master", "yarn", "train", conf, "--in-process");
  }

  @Test
  void commandsOnRowsAndSearchesRunOnYarn() throws IOException {
    String[] cluster = {"--master", "yarn", "--deploy-mode", "cluster"};
    assertThat(line(and(cluster, "prepare", conf, "--set", "data.format=json")))
        .contains("prepare");
    assertThat(line(and(cluster, "predict", conf, "--input", "rows"))).contains("predict");
    assertRefused("predict may start no Spark", and(cluster, "predict", conf, "--input", "-"));
    assertThat(notes).isEmpty();

    String[] one = and(cluster, "search", conf, "--set", "search.keys.network.units=[64]");
    String[] wide = and(cluster, "search", conf, "--set", "search.keys.network.units=[64, 900]");
    long room = megabytes(setting(line(one), "spark.driver.memoryOverhead"));
    assertThat(megabytes(setting(line(wide), "spark.driver.memoryOverhead"))).isGreaterThan(room);
    assertThat(notes).hasSize(2).allMatch(note -> note.startsWith("tasks at a time"));
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aSettingOfSparkThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> line("--master", "yarn", "--executor-memory", "abc", "train", conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark.executor.memory = abc");
  }

  @Test
  void theCommandPrintsAnArgumentPerLineAndItsNotesApart() {
    CommandLineRun run =
        CommandLineRun.of(
            List.of(
                "submission",
                "--dry-run",
                "--jar",
                rondo,
                "--",
                "--master",
                "yarn",
                "train",
                conf));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .startsWith("--conf", "spark.authenticate.secret=*********(redacted)", "--master", "yarn")
        .endsWith("train", conf);
    assertThat(run.err()).startsWith("rondo-submit: tasks at a time in an executor: 4;");
  }

  @Test
  void aClusterThatThisSparkCannotReachIsRefusedUnlessTheLineIsOnlyPrinted() {
    for (String master : List.of("yarn", "k8s://https://host:6443")) {
      CommandLineRun run =
          CommandLineRun.of(
              List.of("submission", "--jar", rondo, "--", "--master", master, "train", conf));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("set SPARK_HOME to a Spark 3.5 that can");
    }
  }

  @Test
  void theHelpOfACommandIsShownAndNothingIsPrinted() {
    CommandLineRun run =
        CommandLineRun.of(
            List.of("submission", "--jar", rondo, "--", "--master", "yarn", "train", "--help"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--resume");
  }
}
