package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Console;

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
    String path = text("abc");
    PreparedText abc = rondo.characters(path);
    PreparedText wxyz = rondo.characters(text("wxyz"));

    assertThat(abc.vocabulary()).isLessThan(wxyz.vocabulary());
    assertThat(rondo.characters(path).toString()).isEqualTo(abc.toString());
    assertThat(abc.toString()).isNotEqualTo(wxyz.toString());
    assertThat(rondo.trainer(abc).shards(1).rounds(1).minibatches(1).batch(2, 8).units(4).train())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "?!", "text-as-characters", "text as words"})
  void namesWithoutAFolderOfTheirOwnAreRefused(String name) throws IOException {
    Trainer trainer = trainer("refusing");

    assertThatThrownBy(() -> trainer.named(name))
        .isInstanceOf(RondoException.class)
        .hasMessageContaining("named(\"" + name + "\")");
  }

  @Test
  void settingsOfTheSparkThatRunsAreRefused() throws IOException {
    Trainer trainer = trainer("late");

    assertThatThrownBy(() -> trainer.set("spark.executor.memory", "2g"))
        .isInstanceOf(RondoException.class)
        .hasMessage(
            "spark.executor.memory = 2g comes too late: Spark runs already; set it in the notebook's interpreter");
  }

  @Test
  void anExplodingValidationLossFailsInOneSentenceWithoutAStackTrace() throws IOException {
    Trainer wild =
        trainer("wild").optimizer("sgd", 1000).set("train.clip_norm", 0).minibatches(20).rounds(2);

    assertThatThrownBy(wild::train)
        .isInstanceOf(RondoException.class)
        .hasMessageContaining("learning")
        .hasNoCause()
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }

  static Stream<Arguments> wrongCalls() {
    return Stream.of(
        wrong("shards(0)", t -> t.shards(0)),
        wrong("layers(0)", t -> t.layers(0)),
        wrong("units(-1)", t -> t.units(-1)),
        wrong("rounds(0)", t -> t.rounds(0)),
        wrong("minibatches(0)", t -> t.minibatches(0)),
        wrong("batch(0, 5)", t -> t.batch(0, 5)),
        wrong("batch(5, 0)", t -> t.batch(5, 0)),
        wrong("evaluateEvery(0)", t -> t.evaluateEvery(0)),
        wrong("cell(\"rnn\")", t -> t.cell("rnn")),
        wrong("synchronizer(\"mean\")", t -> t.synchronizer("mean")),
        wrong("optimizer(\"adam\", 0.0)", t -> t.optimizer("adam", 0)),
        wrong("train.rounds", t -> t.set("train.rounds", "many")),
        wrong("no.such.key", t -> t.set("no.such.key", 1)));
  }

  private static Arguments wrong(String named, UnaryOperator<Trainer> call) {
    return Arguments.of(named, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongCalls")
  void everySetterNamesItselfInItsError(String named, UnaryOperator<Trainer> call)
      throws IOException {
    Trainer trainer = trainer("named");

    assertThatThrownBy(() -> call.apply(trainer))
        .isInstanceOf(RondoException.class)
        .hasMessageContaining(named);
  }

  @Test
  void anInterruptEndsTheRunAfterTheRoundWithACheckpoint() throws IOException {
    Trainer trainer = trainer("interrupted").rounds(3);
    var impatient =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            if (line.startsWith("round 1 of")) {
              Thread.currentThread().interrupt();
            }
          }
        };

    assertThatThrownBy(() -> Console.withOut(impatient, trainer::train))
        .isInstanceOf(RondoException.class)
        .hasMessageContaining("resume() of the same trainer goes on after round 1");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(trainer.resume().toString()).contains("after 3 rounds");
  }

  @Test
  void whatANetworkWritesIsNeverDrawnAsAPage() throws IOException {
    String page = "%html <b>x</b>\n";
    String path = Files.writeString(folder.resolve("pages.txt"), page.repeat(100)).toString();
    Rondo rondo = rondo("pages");
    TrainedRun run =
        rondo
            .trainer(rondo.characters(path))
            .named("%html <b>")
            .shards(1)
            .rounds(1)
            .minibatches(1)
            .batch(2, 8)
            .units(4)
            .train();

    assertThat(ZeppelinText.types(run.generate(page + page, 20, 0))).containsExactly("TEXT");
    assertThat(ZeppelinText.types(run.toString())).containsExactly("TEXT");
    String table = Comparison.of(run).resultTable();
    assertThat(ZeppelinText.types(table)).containsExactly("TABLE");
    assertThat(table).contains("\n %html <b>\t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "table", "angular", "img", "svg", "text", "network", "HTML"})
  void linesThatZeppelinWouldDrawAreTexts(String type) throws IOException {
    String drawn = "before\n%" + type + " <script>\n%" + type + "\nafter";

    String text = Drawn.text(drawn);

    assertThat(ZeppelinText.types(text)).containsExactly("TEXT");
    assertThat(text).isEqualTo(drawn.replace("%", " %"));
    assertThat(Drawn.text("100% of it, %% and\n5 %")).isEqualTo("100% of it, %% and\n5 %");
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
