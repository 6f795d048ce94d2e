package org.rondo.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.runs.SettingsException;
import org.rondo.testkit.ProviderJar;

/** Which jars and files scripts/rondo-submit names to spark-submit, and how. */
final class SubmittedFilesTest extends SubmissionCase {
  @Test
  void membersInSubmittedJarsAreKnownHere() throws IOException {
    Path jar = ProviderJar.ofCell(folder, "mine");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    String[] train = {"--master", "yarn", "train", conf, "--set", "network.cell=mine"};
    assertRefused("network.cell = mine: no such cell", train);

    List<String> line = line(prepended("--jars", "hdfs:///other.jar," + jar, train));

    assertThat(option(line, "--jars")).isEqualTo("hdfs:///other.jar," + jar);
    assertThat(line(prepended("--conf", "spark.jars=" + jar.toUri(), train))).contains("--jars");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void aConfigurationIsFoundByTheWordThatNamesIt() throws IOException {
    String doubled = conf.replace("/my.conf", "//my.conf");
    List<String> line = line("--master", "yarn", "--deploy-mode", "cluster", "train", doubled);
    assertThat(line.subList(line.indexOf(MAIN), line.size()))
        .startsWith(MAIN, rondo, "train", "my.conf");
  }

  @Test
  void anIncludeFromAnotherFolderIsNotShipped() throws IOException {
    Path below = Files.createDirectories(folder.resolve("below"));
    Path other = Files.writeString(below.resolve("other.conf"), "include \"../my.conf\"");
    assertRefused(
        "other.conf includes " + below.resolve("../base.conf"),
        "--master",
        "yarn",
        "--deploy-mode",
        "cluster",
        "train",
        other.toString());
    // The workers of a standalone cluster see the folders themselves.
    assertThat(
            line(
                "--master",
                "spark://host:7077",
                "--deploy-mode",
                "cluster",
                "train",
                other.toString()))
        .contains(other.toString());
  }

  @Test
  void aJarInAnImageIsNamedToTheClientsLogByItsPath() throws IOException {
    String[] words = {"--master", "yarn", "train", conf};
    String key = "spark.driver.extraJavaOptions";
    assertThat(setting(line("local:///opt/rondo.jar", Map.of(), words), key))
        .contains("=jar:file:/opt/rondo.jar!/org");
    assertThat(setting(line("hdfs:///rondo.jar", Map.of(), words), key)).doesNotContain("log4j2");
  }

  @Test
  void relativePathsAreWholeForADriverElsewhere() throws IOException {
    Path jar = ProviderJar.ofCell(folder, "mine");
    Path here = Path.of("").toAbsolutePath();
    String relative = here.relativize(jar).toString();
    String own = here.relativize(Path.of(rondo)).toString();
    String jars = relative + "," + "no-folder/*.jar,hdfs:///other.jar,local:///opt/another.jar";
    String[] evaluate = {"--jars", jars, "evaluate", conf, "--checkpoint", "output/x"};

    List<String> line = line(own, Map.of(), standalone("cluster", evaluate));

    assertThat(option(line, "--jars"))
        .isEqualTo(
            "%s,%s/no-folder/*.jar,hdfs:///other.jar,local:///opt/another.jar"
                .formatted(here.resolve(relative), here));
    assertThat(option(line, MAIN)).isEqualTo(here.resolve(own).toString());
    assertThat(option(line, "--checkpoint")).isEqualTo("file:" + here.resolve("output/x"));
    // In client mode the driver's folder is this one.
    assertThat(line(own, Map.of(), standalone("client", evaluate))).contains(jars, own, "output/x");
    String[] two = {"evaluate", conf, "--checkpoint=output/x", "--checkpoint", "output/y"};
    assertThat(line(standalone("cluster", two)))
        .contains(
            "--checkpoint=file:" + here.resolve("output/x"), "file:" + here.resolve("output/y"));
  }

  @Test
  void relativeJarsOfTheConfigurationAreWholeAsWell() throws IOException {
    Path jar = ProviderJar.ofCell(folder, "mine");
    String relative = Path.of("").toAbsolutePath().relativize(jar).toString();
    List<String> line =
        line(
            "--master",
            "spark://host:7077",
            "--deploy-mode",
            "cluster",
            "train",
            conf,
            "--set",
            "spark.jars=" + relative);

    String whole = Path.of(relative).toAbsolutePath().toString();
    assertThat(option(line, "--jars")).isEqualTo(whole);
    assertThat(line).endsWith("--set", "data.path=file:" + Path.of("text.txt").toAbsolutePath());
    assertThat(line).contains("spark.jars=" + whole);
  }

  @Test
  void jarsThatDoNotExistAreRefused() {
    assertRefused(
        "spark.jars = no.jar does not exist on this machine",
        "--master",
        "yarn",
        "--jars",
        "lib/*.jar,no.jar",
        "train",
        conf);
    assertThatThrownBy(
            () -> line("target/no.jar", Map.of(), "--master", "spark://host:7077", "train", conf))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("RONDO_JAR = target/no.jar does not exist");
  }
}
