package org.rondo.cli.submit;

import java.io.File;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.runs.Plans;
import org.rondo.runs.Redaction;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.spark.DriverAddress;
import org.rondo.runs.spark.ExecutorLocale;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.JobMemory;
import picocli.CommandLine;

/**
 * What spark-submit is to be told for a command of Rondo's: what its driver needs of the JVM and of
 * its environment, room for native buffers, and where a driver that runs elsewhere finds its files.
 * What executors need they get from Rondo when its context starts.
 */
final class Submission {
  private static final String MASTER = "spark.master";
  private static final String MODE = "spark.submit.deployMode";
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String FILES = "spark.files";
  private static final String JARS = "spark.jars";
  private static final List<String> PLACES = List.of(JARS, FILES);
  private static final String CHECKPOINT = "--checkpoint";
  private static final List<String> PATHS =
      List.of(
          "data.path",
          "data.train",
          "data.validation",
          "data.test",
          "data.tokenizer_file",
          "data.prepared",
          "output");

  private final String jar;
  private final SubmitArguments given;
  private final String main;
  private final SubmittedCommand command;
  private final Consumer<String> notes;
  private final Map<String, String> spark;
  private final ClusterManager manager;
  private final SubmittedSecrets secrets;

  /**
   * @param jar that is submitted
   * @param rondo reads commands of Rondo's; its class is the one to start
   * @param notes hears what a user should know
   * @throws SettingsException if the command cannot be carried out, or no master of Spark is given
   */
  Submission(String jar, SubmitArguments given, CommandLine rondo, Consumer<String> notes) {
    this.jar = jar;
    this.given = given;
    this.notes = notes;
    main = rondo.getCommandSpec().userObject().getClass().getName();
    command = SubmittedCommand.parse(given.command(), rondo);
    spark = new LinkedHashMap<>(given.settings());
    command.settings().spark().forEach(spark::putIfAbsent);
    secrets = new SubmittedSecrets(redaction());
    manager = ClusterManager.of(master());
  }

  /**
   * By what the driver will have: Spark's own default, unless one of these places says otherwise.
   */
  private Redaction redaction() {
    var all = new LinkedHashMap<String, String>(given.file());
    all.putAll(spark);
    return Redaction.of(all);
  }

  /**
   * Refuses what cannot be submitted from here, though its line can be made.
   *
   * @param environment of spark-submit
   * @throws SettingsException if the manager of the cluster cannot be reached, or this machine's
   *     name has no address
   */
  void requireReachable(Map<String, String> environment) {
    DriverAddress.requireKnown(master());
    manager.requireReachable(environment, Submission.class.getClassLoader());
  }

  /**
   * The arguments of spark-submit, with the secrets in a file.
   *
   * @param file for them, which only its user can read; stays empty where there are none
   */
  List<String> arguments(java.nio.file.Path file) throws IOException {
    List<String> line = lineWithoutSecrets();
    if (secrets.isEmpty()) {
      return line;
    }
    secrets.write(file, given.file());
    // It holds what spark-submit would have read from the other one.
    List<String> whole = new ArrayList<>(List.of(SubmitArguments.PROPERTIES, file.toString()));
    int other = line.indexOf(SubmitArguments.PROPERTIES);
    whole.addAll(given.others().contains(SubmitArguments.PROPERTIES) ? without(line, other) : line);
    return whole;
  }

  private static List<String> without(List<String> line, int option) {
    var rest = new ArrayList<>(line);
    rest.subList(option, option + 2).clear();
    return rest;
  }

  /**
   * The arguments of spark-submit as they may be shown, with a sign in the place of each secret.
   */
  List<String> shown() throws IOException {
    List<String> line = lineWithoutSecrets();
    var shown = new ArrayList<>(secrets.shown());
    shown.addAll(line);
    return shown;
  }

  /**
   * The arguments of spark-submit but for secrets, which are kept.
   *
   * @throws SettingsException if a jar does not exist, or the manager would end the command
   * @throws IllegalArgumentException if its tasks would run out of memory
   */
  private List<String> lineWithoutSecrets() throws IOException {
    requireContext();
    SubmittedJars.require("RONDO_JAR", jar);
    SubmittedJars.require(JARS, value(JARS).orElse(""));
    if (runsElsewhere()) {
      wholePlaces();
    }
    driver();
    if (command.computes()) {
      memory();
    }
    List<String> words = words(); // which may put files among the settings
    var arguments = new ArrayList<String>();
    spark.forEach(
        (key, value) -> {
          if (!secrets.keep(key, value)) {
            arguments.addAll(option(key, value));
          }
        });
    arguments.addAll(given.others());
    arguments.addAll(List.of("--class", main));
    arguments.add(runsElsewhere() ? SubmittedJars.whole(jar) : jar);
    arguments.addAll(words);
    return arguments;
  }

  private String master() {
    return value(MASTER)
        .filter(master -> !master.isBlank())
        .orElseThrow(
            () ->
                new SettingsException(
                    "no master is given: --master spark://HOST:PORT, yarn or k8s://https://HOST:PORT"));
  }

  /** YARN takes a driver that starts no Spark for one that failed. */
  private void requireContext() {
    if (manager == ClusterManager.YARN && runsElsewhere() && !command.startsSpark()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s may start no Spark, and in cluster mode YARN would wait for one: submit it with --deploy-mode client",
              command.words().get(0)));
    }
  }

  /** Files that spark-submit names to a driver in another folder. */
  private void wholePlaces() {
    for (String key : PLACES) {
      value(key)
          .filter(places -> !SubmittedJars.whole(places).equals(places))
          .ifPresent(places -> spark.put(key, SubmittedJars.whole(places)));
    }
  }

  private static List<String> option(String key, String value) {
    return SubmitArguments.KEYS.entrySet().stream()
        .filter(option -> option.getValue().equals(key) && !key.equals(DRIVER_OPTIONS))
        .map(option -> List.of(option.getKey(), value))
        .findFirst()
        .orElseGet(() -> List.of("--conf", key + "=" + value));
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(spark.getOrDefault(key, given.file().get(key)));
  }

  private boolean runsElsewhere() {
    return value(MODE).orElse("client").equals("cluster");
  }

  private void putIfAbsent(String key, String value) {
    if (value(key).isEmpty()) {
      spark.put(key, value);
    }
  }

  /** The JVM of the driver, its environment, and what becomes of it. */
  private void driver() {
    var options = new ArrayList<String>();
    value(DRIVER_OPTIONS).ifPresent(options::add);
    options.add(SparkStart.JVM_OPTIONS);
    if (runsElsewhere()) {
      options.add(JavaModuleOptions.defaultModuleOptions().strip());
    } else if (options.stream().noneMatch(option -> option.contains("log4j2.configurationFile"))) {
      // Rondo's own, before spark-submit itself begins to log.
      SubmittedJars.file(jar).map(Submission::logging).ifPresent(options::add);
    }
    spark.put(DRIVER_OPTIONS, String.join(" ", options));
    if (runsElsewhere() && manager == ClusterManager.YARN) {
      putIfAbsent("spark.yarn.appMasterEnv.OMP_NUM_THREADS", "1");
      putIfAbsent("spark.yarn.appMasterEnv.LC_ALL", ExecutorLocale.UTF_8);
      // A second attempt would begin a new run beside the first one's checkpoints.
      putIfAbsent("spark.yarn.maxAppAttempts", "1");
    } else if (runsElsewhere() && manager == ClusterManager.KUBERNETES) {
      putIfAbsent("spark.kubernetes.driverEnv.OMP_NUM_THREADS", "1");
      putIfAbsent("spark.kubernetes.driverEnv.LC_ALL", ExecutorLocale.UTF_8);
    } else if (runsElsewhere()) {
      putIfAbsent("spark.standalone.submit.waitAppCompletion", "true");
    }
  }

  private static String logging(File jar) {
    return String.format(
        Locale.ROOT,
        "-Dlog4j2.configurationFile=jar:%s!/org/rondo/cli/log4j2.properties",
        jar.toURI()); // in which a blank is none
  }

  /**
   * Room for what a driver in a container computes; executors get theirs from the driver, which
   * knows the text by then.
   */
  private void memory() throws IOException {
    var conf = new SparkConf(false);
    given.file().forEach(conf::set);
    spark.forEach(conf::set);
    var executors = new ExecutorMemory(conf, jobMemory());
    notes.accept(executors.description());
    if (ExecutorMemory.isContained(conf) && runsElsewhere()) {
      putIfAbsent("spark.driver.memoryOverhead", executors.driverOverhead() + "m");
    }
    executors.provide(); // as the driver will
    new Plans(command.settings()).sized(executors::require);
  }

  private JobMemory jobMemory() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = SubmittedJars.loader(value(JARS).orElse(""), before)) {
      thread.setContextClassLoader(loader);
      var said = new LinkedHashSet<String>();
      JobMemory memory =
          command.runs().stream()
              .map(run -> likelyMemory(run, said::add))
              .reduce(JobMemory::larger)
              .orElseThrow();
      said.forEach(notes);
      return memory;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static JobMemory likelyMemory(Settings settings, Consumer<String> notes) {
    var plans = new Plans(settings);
    plans.check();
    return new LikelyMemory(settings, SparkStart.hadoop(settings, Optional.of("local")))
        .of(plans, notes);
  }

  /** The command as the driver will read it. */
  private List<String> words() throws IOException {
    List<String> words = secrets.without(command.words());
    // What a configuration says of Spark stands above what spark-submit was given.
    command
        .settings()
        .spark()
        .forEach(
            (key, configured) -> {
              Map<String, String> from = PLACES.contains(key) ? spark : given.settings();
              String submitted = from.getOrDefault(key, configured);
              if (!submitted.equals(configured) && !secrets.keepAbove(key, submitted)) {
                addSetting(words, key, submitted);
              }
            });
    if (runsElsewhere() && command.conf().isPresent()) {
      String conf = command.conf().get();
      boolean ships = manager != ClusterManager.STANDALONE;
      if (ships) {
        ship(conf);
      }
      var file = new File(conf);
      words.set(words.indexOf(conf), ships ? file.getName() : file.getAbsolutePath());
      wholePaths(words);
    }
    return words;
  }

  private static void addSetting(List<String> words, String key, String value) {
    words.addAll(List.of("--set", key + "=" + value));
  }

  /** The configuration travels with the application, and what it includes: into one folder. */
  private void ship(String conf) {
    java.nio.file.Path folder = folder(conf);
    for (String file : command.settings().files()) {
      if (!folder(file).equals(folder)) {
        throw new SettingsException(
            String.format(
                Locale.ROOT,
                "%s includes %s, and the driver will have both in one folder: put that file beside it, name it so in the include, and submit again",
                conf,
                file));
      }
      String others = value(FILES).map(given -> given + ",").orElse("");
      spark.put(FILES, others + new File(file).getAbsolutePath());
    }
  }

  private static java.nio.file.Path folder(String file) {
    return java.nio.file.Path.of(file).toAbsolutePath().normalize().getParent();
  }

  /** Paths that count from this process's folder, or home on HDFS, as the driver must name them. */
  private void wholePaths(List<String> words) throws IOException {
    for (String key : PATHS) {
      Optional<String> value = command.settings().optional(key).filter(path -> !path.isEmpty());
      if (value.isPresent() && !new Path(value.get()).isAbsolute()) {
        addSetting(words, key, wholePath(value.get()));
      }
    }
    for (int i = 0; i < words.size(); i++) { // several may be given, in either way
      String word = words.get(i);
      if (word.startsWith(CHECKPOINT + "=")) {
        words.set(i, CHECKPOINT + "=" + wholePath(word.substring(CHECKPOINT.length() + 1)));
      } else if (word.equals(CHECKPOINT)) {
        words.set(i + 1, wholePath(words.get(i + 1)));
      }
    }
  }

  private String wholePath(String given) throws IOException {
    var path = new Path(given);
    Configuration hadoop = SparkStart.hadoop(command.settings(), Optional.of("local"));
    return path.isAbsolute() ? given : path.getFileSystem(hadoop).makeQualified(path).toString();
  }
}
