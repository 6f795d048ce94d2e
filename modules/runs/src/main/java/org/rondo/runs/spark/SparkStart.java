package org.rondo.runs.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.launcher.JavaModuleOptions;
import org.rondo.ingest.LocalUmask;
import org.rondo.ingest.StorageReason;
import org.rondo.kernels.Kernels;
import org.rondo.runs.Redaction;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;

/** How Rondo starts Spark: with what its tasks need, and nothing else changed. */
public final class SparkStart {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String JARS = "spark.jars";
  private static final String MASTER = "spark.master";
  private static final String NEEDED = "sun.nio.ch";

  /**
   * The vector code's module; and its passes kept apart by the compiler, which otherwise, in a
   * large enough caller, makes an object of every vector.
   */
  public static final String JVM_OPTIONS =
      "--add-modules=jdk.incubator.vector -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*";

  /**
   * Before the key of a setting that spark-submit was given and that stands above the
   * configuration's: a secret, which is no word of a command line.
   */
  public static final String ABOVE = "spark.rondo.above.";

  private SparkStart() {}

  /** Starts the context of one command, as {@link #conf} says; the caller closes it. */
  public static JavaSparkContext context(String command, SparkConf conf) {
    conf.setIfMissing("spark.app.name", "rondo " + command);
    requireOpen(Object.class.getModule(), SparkStart.class.getModule());
    LocalFolders.require(conf);
    String master = conf.get(MASTER);
    StandaloneMasters.silence(master)
        .ifPresent(
            silence -> {
              throw new SettingsException(notStarted(master, silence));
            });
    try {
      return new JavaSparkContext(DriverAddress.required(conf));
    } catch (SettingsException e) {
      throw e;
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      throw new SettingsException(
          notStarted(master, LocalFolders.named(conf, StorageReason.of(e))), e);
    }
  }

  private static String notStarted(String master, String reason) {
    return String.format(Locale.ROOT, "Spark does not start on %s: %s", master, reason);
  }

  /** Spark itself would end in the middle of its start, with an error of the JVM's. */
  static void requireOpen(Module java, Module spark) {
    if (!java.isOpen(NEEDED, spark)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "Spark needs %s/%s opened to it on Java 17: start through scripts/rondo or scripts/rondo-submit, or add to the driver's JVM options (spark.driver.extraJavaOptions) %s",
              java.getName(),
              NEEDED,
              JavaModuleOptions.defaultModuleOptions().strip()));
    }
  }

  /**
   * How this process sees file systems; needs no running Spark. Where a context is to follow,
   * {@link #hadoop(Settings, Optional)} knows its master.
   */
  public static Configuration hadoop(Settings settings) {
    return hadoop(given(settings, master(settings, Optional.empty())));
  }

  /** As {@link #hadoop(Settings)}, before a context of {@link #conf}. */
  public static Configuration hadoop(Settings settings, Optional<String> master) {
    return hadoop(conf(settings, master));
  }

  private static Configuration hadoop(SparkConf conf) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(conf);
    try {
      LocalUmask.respect(hadoop);
    } catch (IOException e) {
      throw new SettingsException("the local file system cannot be opened: " + e.getMessage(), e);
    }
    return hadoop;
  }

  private static Optional<String> master(Settings settings, Optional<String> asked) {
    return asked
        .or(() -> Optional.ofNullable(settings.spark().get(MASTER)))
        .or(() -> Optional.ofNullable(System.getProperty(MASTER)))
        .map(SparkStart::requireNamed);
  }

  private static String requireNamed(String master) {
    if (master.isBlank()) {
      throw new SettingsException(
          "the master of Spark is empty, by --master or spark.master: name one, such as local[2], or leave it out");
    }
    return master;
  }

  /** What spark-submit gave, under the configuration's, under its secrets, under that master. */
  private static SparkConf given(Settings settings, Optional<String> master) {
    NamelessUser.name();
    DriverAddress.choose(master.orElse(null));
    var conf = new SparkConf();
    settings.spark().forEach(conf::set);
    for (var secret : conf.getAllWithPrefix(ABOVE)) {
      conf.remove(ABOVE + secret._1()).set(secret._1(), secret._2());
    }
    master.ifPresent(conf::setMaster);
    return conf;
  }

  /**
   * What spark-submit gave, under the configuration's {@code spark.*}, under {@code --master}; and
   * Rondo's own needs.
   */
  public static SparkConf conf(Settings settings, Optional<String> asked) {
    SparkConf conf = given(settings, Optional.of(master(settings, asked).orElse("local[*]")));
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // One task is one core is one thread; oneDNN reads this once, when it loads.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    // Parameters do not compress. What is shuffled stays compressed, since Spark reads it without a
    // buffer where it is not: rows that are prepared then cost a system call for each byte or two.
    conf.setIfMissing("spark.broadcast.compress", "false");
    // A round's result is one model, however large, where Spark stops at 1 GiB by default.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    Redaction.teach(conf);
    ExecutorLocale.set(conf);
    conf.set(EXECUTOR_OPTIONS, (conf.get(EXECUTOR_OPTIONS, "") + " " + JVM_OPTIONS).strip());
    // Shards spread evenly, and precision is decided by all, only if all executors are there.
    conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1");
    jar().ifPresent(jar -> addJar(conf, jar));
    NamelessUser.nameExecutors(conf, jar());
    return conf;
  }

  /** Beside those of the user, unless spark-submit put it there. */
  static void addJar(SparkConf conf, Path jar) {
    String present = conf.get(JARS, "");
    if (!present.contains(jar.getFileName().toString())) {
      // As a URI, in which a comma or a percent sign of its folder is no sign of Spark's.
      String whole = jar.toUri().toString().replace(",", "%2C");
      conf.set(JARS, present.isEmpty() ? whole : present + "," + whole);
    }
  }

  /** The jar that holds all modules; empty when they run each from a place of its own. */
  public static Optional<Path> jar() {
    return Optional.of(source(SparkStart.class)).filter(source(Kernels.class)::equals);
  }

  private static Path source(Class<?> code) {
    return Path.of(URI.create(code.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
