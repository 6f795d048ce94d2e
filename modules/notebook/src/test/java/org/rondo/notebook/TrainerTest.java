package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and texts that share a folder keep apart. */
final class TrainerTest {
  @TempDir private static Path folder;
  private static SparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new SparkContext(
            new SparkConf()
                .setMaster("local[1]")
                .setAppName("trainer")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void aRunGoesOnWritingAfterALaterOneOfItsNameMovedItsFolder() throws IOException {
    Trainer trainer = trainer("moved");
    TrainedRun first = trainer.train();
    String written = first.generate("a", 20, 0);

    TrainedRun second = trainer.cell("gru").train();

    assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
    assertThat(first.generate("a", 20, 0)).isEqualTo(written);
  }

  @Test
  void aResumedRunGoesOnCountingTokensAndNamesTheRoundItBeganAt() throws IOException {
    Trainer trainer = trainer("resumed").set("diagnostics.gradients", true);
    List<String> whole = tokens(trainer.rounds(4).train());
    Comparison fresh = Comparison.of(trainer.rounds(2).train());

    TrainedRun resumed = trainer.rounds(4).resume();

    assertThat(tokens(resumed)).isEqualTo(whole.subList(2, 4));
    assertThat(fresh.gradientChart()).contains("First round, before any training");
    assertThat(Comparison.of(resumed).gradientChart())
        .contains("Start of round 3")
        .doesNotContain("before any training");
  }

  @Test
  void textsOfTwoPathsArePreparedInTwoFolders() throws IOException {
    Rondo rondo = rondo("two");
    PreparedText abc = rondo.characters(text("abc"));
    PreparedText wxyz = rondo.characters(text("wxyz"));

    assertThat(abc.vocabulary()).isLessThan(wxyz.vocabulary());
    assertThat(rondo.characters(text("abc")).toString()).isEqualTo(abc.toString());
    assertThat(abc.toString()).isNotEqualTo(wxyz.toString());
    assertThat(rondo.trainer(abc).shards(1).rounds(1).minibatches(1).batch(2, 8).units(4).train())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "?!", "text-as-characters", "text as words"})
  void namesWithoutAFolderOfTheirOwnAreRefused(String name) throws IOException {
    Trainer trainer = trainer("refusing");

    assertThatThrownBy(() -> trainer.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named(\"" + name + "\")");
  }

  @Test
  void settingsOfTheSparkThatRunsAreRefused() throws IOException {
    Trainer trainer = trainer("late");

    assertThatThrownBy(() -> trainer.set("spark.executor.memory", "2g"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "spark.executor.memory = 2g comes too late: Spark runs already; set it in the notebook's interpreter");
  }

  private static Trainer trainer(String below) throws IOException {
    Rondo rondo = rondo(below);
    return rondo
        .trainer(rondo.characters(text("abc")))
        .layers(1)
        .units(4)
        .shards(1)
        .rounds(1)
        .minibatches(1)
        .batch(2, 8)
        .evaluateEvery(1);
  }

  private static Rondo rondo(String below) {
    return Rondo.on(spark, folder.resolve(below).toString());
  }

  private static String text(String letters) throws IOException {
    return Files.writeString(folder.resolve(letters), letters.repeat(500)).toString();
  }

  /** Of each evaluation, counted from the run's beginning. */
  private static List<String> tokens(TrainedRun run) {
    return run.curveTable().lines().skip(1).map(line -> line.split("\t", -1)[1]).toList();
  }
}
