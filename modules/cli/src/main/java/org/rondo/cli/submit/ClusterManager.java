package org.rondo.cli.submit;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.rondo.runs.SettingsException;

/** What runs drivers and executors, by the names that Spark gives its master. */
public enum ClusterManager {
  LOCAL("local(-cluster)?(\\[.*])?", Optional.empty()),
  STANDALONE("spark://[^,/]+:\\d+(,[^,/]+:\\d+)*", Optional.empty()),
  YARN("yarn", Optional.of("org/apache/spark/deploy/yarn/YarnClusterApplication.class")),
  KUBERNETES(
      "k8s://.+",
      Optional.of("org/apache/spark/deploy/k8s/submit/KubernetesClientApplication.class"));

  private final String masters;

  /** What Spark submits by, where that is a part which not every Spark has. */
  private final Optional<String> part;

  ClusterManager(String masters, Optional<String> part) {
    this.masters = masters;
    this.part = part;
  }

  /**
   * The manager of a master.
   *
   * @throws SettingsException if Spark knows no such master
   */
  public static ClusterManager of(String master) {
    return Stream.of(values())
        .filter(manager -> master.matches(manager.masters))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingsException(
                    String.format(
                        Locale.ROOT,
                        "spark.master = %s is no master of Spark: expected spark://HOST:PORT, yarn, k8s://https://HOST:PORT or local[N]",
                        master)));
  }

  /**
   * Refuses what spark-submit could not reach it with.
   *
   * @param environment of spark-submit
   * @param spark finds the classes of the Spark that submits
   * @throws SettingsException if that Spark lacks what the manager needs, or nothing says where
   *     YARN is
   */
  void requireReachable(Map<String, String> environment, ClassLoader spark) {
    if (part.isPresent() && spark.getResource(part.get()) == null) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "the Spark in %s cannot submit to %s: set SPARK_HOME to a Spark 3.5 that can, such as spark-3.5.7-bin-hadoop3; the one that Rondo takes from Maven cannot",
              environment.get("SPARK_HOME"),
              this == YARN ? "YARN" : "Kubernetes"));
    }
    if (this == YARN && !saysWhereYarnIs(environment)) {
      throw new SettingsException(
          "neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set: give one the folder of YARN's yarn-site.xml and core-site.xml");
    }
  }

  /** A distribution's own spark-env.sh, which spark-submit reads, may say it. */
  private static boolean saysWhereYarnIs(Map<String, String> environment) {
    return environment.containsKey("HADOOP_CONF_DIR")
        || environment.containsKey("YARN_CONF_DIR")
        || SubmitArguments.configuration(environment, "spark-env.sh")
            .filter(Files::exists)
            .isPresent();
  }
}
