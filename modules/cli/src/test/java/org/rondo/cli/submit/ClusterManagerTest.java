package org.rondo.cli.submit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.runs.SettingsException;

/** What spark-submit must have to reach a cluster. */
final class ClusterManagerTest {
  @TempDir private Path folder;

  @Test
  void everySparkSubmitsToItsOwnClusters() {
    ClassLoader spark = getClass().getClassLoader();
    for (String master : new String[] {"spark://host:7077", "local[2]"}) {
      assertThatCode(() -> ClusterManager.of(master).requireReachable(Map.of(), spark))
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> ClusterManager.YARN.requireReachable(Map.of("SPARK_HOME", "x"), spark))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("the Spark in x cannot submit to YARN");
  }

  @Test
  void yarnIsFoundByTheFolderOfItsConfiguration() throws IOException {
    Path part = folder.resolve("org/apache/spark/deploy/yarn/YarnClusterApplication.class");
    Files.createDirectories(part.getParent());
    Files.createFile(part);
    Path settings = Files.createDirectories(folder.resolve("conf"));
    try (var spark = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      var home = Map.of("SPARK_HOME", folder.toString());
      assertThatThrownBy(() -> ClusterManager.YARN.requireReachable(home, spark))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set");
      ClusterManager.YARN.requireReachable(Map.of("YARN_CONF_DIR", "/etc/hadoop"), spark);

      Files.createFile(settings.resolve("spark-env.sh")); // may name it
      ClusterManager.YARN.requireReachable(home, spark);
    }
  }
}
