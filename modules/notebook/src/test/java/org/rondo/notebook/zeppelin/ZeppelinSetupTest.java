package org.rondo.notebook.zeppelin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.notebook.zeppelin.ZeppelinSetup.Plan;
import org.rondo.runs.spark.SparkStart;

final class ZeppelinSetupTest {
  private static final Path NOTES = Path.of("../../notebooks");
  private static final String JAR = "/new/rondo-0.1.0.jar";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private FakeZeppelin zeppelin;

  @BeforeEach
  void start() throws IOException {
    zeppelin = new FakeZeppelin();
  }

  @AfterEach
  void stop() {
    zeppelin.close();
  }

  @Test
  void theInterpreterGetsWhatRondoNeedsBesideWhatItHad() throws IOException {
    setUp(false, false);
    setUp(false, false);

    assertThat(zeppelin.property("spark.jars")).isEqualTo("/a/b.jar," + JAR);
    assertThat(zeppelin.property("spark.plugins")).isEqualTo(TrainingPlugin.class.getName());
    assertThat(zeppelin.property("JDK_JAVA_OPTIONS")).isEqualTo("-Xss4m " + SparkStart.JVM_OPTIONS);
    assertThat(zeppelin.property("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(zeppelin.property("spark.master")).isEqualTo("spark://host:7077");
  }

  @Test
  void everyNoteComesWithThePlaceOfTheJarAndEveryParagraphsStateIsTold() throws IOException {
    assertThat(setUp(false, true)).isTrue();

    assertThat(zeppelin.notes()).hasSize(7);
    for (ObjectNode note : zeppelin.notes().values()) {
      assertThat(note.toString())
          .contains("spark.jars /a/b.jar," + JAR + "\\n")
          .contains("-Xss4m " + SparkStart.JVM_OPTIONS)
          .doesNotContain("/opt/rondo");
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("note Rondo 1 - First steps: imported", "  FINISHED  The curve")
        .doesNotContain("ERROR");
  }

  @Test
  void aParagraphThatFailsIsShownWithItsMessageAndTheRestIsNotWaitedFor() throws IOException {
    zeppelin.failAt("Train");

    assertThat(setUp(false, true)).isFalse();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("  ERROR     Train\n    error: not found: value x\n")
        .doesNotContain("The curve");
  }

  @Test
  void whatTheUserMadeOfANoteIsKeptUnlessItIsToBeReplaced() throws IOException {
    setUp(false, true);
    List<String> ids = List.copyOf(zeppelin.notes().keySet());

    setUp(false, true);
    assertThat(zeppelin.notes().keySet()).containsExactlyElementsOf(ids);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("there already and is kept");

    setUp(true, true);
    assertThat(zeppelin.notes().keySet()).hasSize(7).doesNotContainAnyElementsOf(ids);
  }

  @Test
  void keptNotesAskForTheJarOfTheLastSetUp() throws IOException {
    setUp(false, false);
    setUp("/newer/rondo-0.2.0.jar", Map.of());

    for (ObjectNode note : zeppelin.notes().values()) {
      assertThat(note.toString())
          .contains("spark.jars /a/b.jar,/newer/rondo-0.2.0.jar\\n")
          .doesNotContain(JAR);
    }
  }

  @Test
  void listsOfTheUserGrowRondosOwn() throws IOException {
    var more =
        Map.of(
            "spark.jars", "/mine.jar",
            "spark.plugins", "org.example.Mine",
            "spark.executor.extraJavaOptions", "-Dmine=1 -Xss2m");
    setUp(JAR, more);
    setUp(JAR, more);

    assertThat(zeppelin.property("spark.jars")).isEqualTo("/a/b.jar," + JAR + ",/mine.jar");
    assertThat(zeppelin.property("spark.plugins"))
        .isEqualTo(TrainingPlugin.class.getName() + ",org.example.Mine");
    assertThat(zeppelin.property("spark.executor.extraJavaOptions"))
        .isEqualTo(SparkStart.JVM_OPTIONS + " -Dmine=1 -Xss2m");
  }

  @Test
  void aServerThatRefusesIsQuoted() {
    var server = new ZeppelinServer(zeppelin.url() + "/somewhere");

    assertThatThrownBy(() -> server.interpreterSetting("spark"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/somewhere/api/interpreter/setting: Zeppelin answered 404");
  }

  private boolean setUp(boolean replace, boolean run) throws IOException {
    var more = Map.of("spark.master", "spark://host:7077");
    return setUp(new Plan(Path.of(JAR), NOTES, replace, run, more));
  }

  private void setUp(String jar, Map<String, String> more) throws IOException {
    setUp(new Plan(Path.of(jar), NOTES, false, false, more));
  }

  private boolean setUp(Plan plan) throws IOException {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new ZeppelinSetup(new ZeppelinServer(zeppelin.url()), plan, out, Duration.ZERO).run();
  }
}
