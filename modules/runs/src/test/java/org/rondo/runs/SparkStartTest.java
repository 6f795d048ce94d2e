package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkStartTest {
  private static final Path JAR = Path.of("/opt/rondo-0.1.0.jar");

  @Test
  void executorsGetTheirFlagsBesideThoseOfTheUser() {
    Settings settings =
        Settings.defaults().with(Map.of("spark.executor.extraJavaOptions", "-Xss2m"), "this test");

    SparkConf conf = SparkStart.conf(settings, Optional.of("spark://host:7077"));

    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .startsWith("-Xss2m --add-modules=jdk.incubator.vector");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(conf.get("spark.driver.maxResultSize")).isEqualTo("0");
    assertThat(conf.get("spark.scheduler.minRegisteredResourcesRatio")).isEqualTo("1");
  }

  @Test
  void aJarOfTheUserDoesNotTakeThePlaceOfRondos() {
    var conf = new SparkConf(false).set("spark.jars", "/home/me/cell.jar");
    SparkStart.addJar(conf, JAR);
    assertThat(conf.get("spark.jars")).isEqualTo("/home/me/cell.jar,/opt/rondo-0.1.0.jar");

    // spark-submit names the application's jar by itself, in a container by another path.
    var submitted = new SparkConf(false).set("spark.jars", "local:///app/rondo-0.1.0.jar");
    SparkStart.addJar(submitted, JAR);
    assertThat(submitted.get("spark.jars")).isEqualTo("local:///app/rondo-0.1.0.jar");
  }

  @Test
  void aJvmWithoutTheFlagsThatSparkNeedsIsRefusedWithThem() {
    Module java = Object.class.getModule();
    assertThatCode(() -> SparkStart.requireOpen(java, getClass().getModule()))
        .doesNotThrowAnyException();

    // A module to which nothing was opened, as to all where the flags are missing.
    Module named = ModuleLayer.boot().findModule("java.logging").orElseThrow();
    assertThatThrownBy(() -> SparkStart.requireOpen(java, named))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Spark needs java.base/sun.nio.ch opened to it on Java 17")
        .hasMessageContaining("scripts/rondo-submit")
        .hasMessageContaining("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  }
}
