package org.rondo.runs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;

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
    assertThat(conf.get("spark.jars")).isEqualTo("/home/me/cell.jar,file:///opt/rondo-0.1.0.jar");

    // spark-submit names the application's jar by itself, in a container by another path.
    var submitted = new SparkConf(false).set("spark.jars", "local:///app/rondo-0.1.0.jar");
    SparkStart.addJar(submitted, JAR);
    assertThat(submitted.get("spark.jars")).isEqualTo("local:///app/rondo-0.1.0.jar");
  }

  @Test
  void aCommaOrAPercentSignOfTheJarsFolderIsNoSignOfSparks() {
    var conf = new SparkConf(false);
    SparkStart.addJar(conf, Path.of("/a,b/50%20c/rondo-0.1.0.jar"));

    assertThat(conf.get("spark.jars")).isEqualTo("file:///a%2Cb/50%2520c/rondo-0.1.0.jar");
  }

  @Test
  void executorsOfAClusterStartInALocaleOfUtf8UnlessTheUserChoseOne() {
    Settings chosen =
        Settings.defaults().with(Map.of("spark.executorEnv.LANG", "de_DE.UTF-8"), "this test");
    Optional<String> cluster = Optional.of("spark://host:7077");

    assertThat(SparkStart.conf(Settings.defaults(), cluster).get("spark.executorEnv.LC_ALL"))
        .isEqualTo("C.UTF-8");
    assertThat(SparkStart.conf(chosen, cluster).contains("spark.executorEnv.LC_ALL")).isFalse();
  }

  @Test
  void aSecretThatWasSubmittedStandsAboveTheConfigurations() {
    Settings settings = Settings.defaults().with(Map.of("spark.my.secret", "old"), "this test");
    System.setProperty(SparkStart.ABOVE + "spark.my.secret", "new");
    try {
      SparkConf conf = SparkStart.conf(settings, Optional.of("local[2]"));

      assertThat(conf.get("spark.my.secret")).isEqualTo("new");
      assertThat(conf.getAllWithPrefix(SparkStart.ABOVE)).isEmpty();
    } finally {
      System.clearProperty(SparkStart.ABOVE + "spark.my.secret");
    }
  }

  @Test
  void aLocalMastersDriverIsReachedOnTheLoopbackAlone() {
    SparkConf conf = DriverAddress.onLoopback(new SparkConf(false).setMaster("local[2]"));
    SparkConf named =
        DriverAddress.onLoopback(
            new SparkConf(false).setMaster("local[2]").set("spark.driver.host", "here"));

    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.executorEnv.SPARK_LOCAL_IP")).isEqualTo("127.0.0.1");
    // What Spark's pages listen on; the context works on a clone.
    assertThat(conf.clone().getenv("SPARK_LOCAL_IP")).isEqualTo("127.0.0.1");
    assertThat(conf.clone().getenv("PATH")).isEqualTo(System.getenv("PATH"));
    assertThat(named.get("spark.driver.host")).isEqualTo("here");
  }

  @Test
  void aLocalFolderThatCannotBeWrittenToIsRefusedBeforeSparkStarts(@TempDir Path folder)
      throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    var conf = new SparkConf(false).set("spark.local.dir", file.toString());

    assertThatThrownBy(() -> LocalFolders.require(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Spark's local folder cannot be written to: " + file);
    LocalFolders.require(conf.set("spark.local.dir", file + "," + folder.resolve("new")));
    assertThat(folder.resolve("new")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void anEmptyMasterIsRefused(String master) {
    Settings settings = Settings.defaults().with(Map.of("spark.master", master), "this test");

    assertThatThrownBy(() -> SparkStart.conf(Settings.defaults(), Optional.of(master)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("the master of Spark is empty");
    assertThatThrownBy(() -> SparkStart.hadoop(settings))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("the master of Spark is empty");
  }

  @Test
  void aFullDiskWithoutANameGetsTheFoldersOfSpark() {
    var conf = new SparkConf(false).set("spark.local.dir", "/small");

    assertThat(LocalFolders.named(conf, "No space left on device"))
        .startsWith("No space left on device; Spark's local folder is /small: make room there");
    assertThat(LocalFolders.named(conf, "no such host")).isEqualTo("no such host");
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
