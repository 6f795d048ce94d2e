package org.rondo.runs;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.rondo.kernels.Kernels;

/** How Rondo starts Spark: with what its tasks need, and nothing else changed. */
public final class SparkStart {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /**
   * The vector code's module; and its passes kept apart by the compiler, which otherwise, in a
   * large enough caller, makes an object of every vector.
   */
  static final String JVM_OPTIONS =
      "--add-modules=jdk.incubator.vector -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*";

  private SparkStart() {}

  /** Starts the context of one command, as {@link #conf} says; the caller closes it. */
  public static JavaSparkContext context(String command, SparkConf conf) {
    conf.setIfMissing("spark.app.name", "rondo " + command);
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      throw new SettingsException(
          "Spark does not start on %s: %s".formatted(conf.get("spark.master"), e.getMessage()), e);
    }
  }

  /** How this process sees file systems; needs no running Spark. */
  public static Configuration hadoop(Settings settings) {
    return SparkHadoopUtil.get().newConfiguration(conf(settings, Optional.empty()));
  }

  /**
   * What spark-submit gave, under the configuration's {@code spark.*}, under {@code --master}; and
   * Rondo's own needs.
   */
  public static SparkConf conf(Settings settings, Optional<String> master) {
    var conf = new SparkConf();
    settings.spark().forEach(conf::set);
    master.ifPresent(conf::setMaster);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // One task is one core is one thread; oneDNN reads this once, when it loads.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    // Parameters do not compress: trying to costs a tenth of a round with 20 million of them.
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing("spark.shuffle.compress", "false");
    conf.set(EXECUTOR_OPTIONS, (conf.get(EXECUTOR_OPTIONS, "") + " " + JVM_OPTIONS).strip());
    jar().ifPresent(jar -> conf.setIfMissing("spark.jars", jar.toString()));
    return conf;
  }

  /** The jar that holds all modules; empty when they run each from a place of its own. */
  public static Optional<Path> jar() {
    return Optional.of(source(SparkStart.class)).filter(source(Kernels.class)::equals);
  }

  private static Path source(Class<?> code) {
    return Path.of(URI.create(code.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
