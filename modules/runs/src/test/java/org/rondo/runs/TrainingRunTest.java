package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.IngestException;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.training.events.EventText;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.End;
import org.rondo.training.events.TrainingListener;

final class TrainingRunTest {
  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat.\n".repeat(200));
  }

  @Test
  void someoneElsesContextTrainsWithTheBitsOfThreadsAndStaysOpen() throws IOException {
    RunOutcome threads =
        prepare("threads").inProcess(Beginning.FRESH, TrainingListener.NONE, () -> false);
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("t").set("spark.ui.enabled", "false");
    try (var spark = new JavaSparkContext(conf)) {
      Path users = folder.resolve("spark/scratch/precious.txt");
      Files.createDirectories(users.getParent());
      Files.writeString(users, "of the user");
      RunOutcome tasks =
          prepare("spark").onSpark(spark, Beginning.FRESH, TrainingListener.NONE, () -> false);

      assertThat(tasks.result().parametersSha256()).isEqualTo(threads.result().parametersSha256());
      assertThat(Path.of(tasks.report())).content().contains("round_finished", "\"sample\"");
      assertThat(users).hasContent("of the user");
      assertThat(folder.resolve("spark")).isDirectoryNotContaining("glob:**.rondo-*");
      assertThat(spark.parallelize(List.of(1, 2)).count()).isEqualTo(2);
    }
  }

  @Test
  void aRunThatWasAskedToStopIsResumed() throws IOException {
    var events = new ArrayList<TrainingEvent>();
    RunOutcome stopped = prepare("run").inProcess(Beginning.FRESH, events::add, () -> true);
    RunOutcome whole = prepare("run").inProcess(Beginning.RESUMED, events::add, () -> false);

    assertThat(stopped.result().interrupted()).isTrue();
    assertThat(stopped.result().rounds()).isEqualTo(1);
    assertThat(whole.result().rounds()).isEqualTo(3);
    assertThat(events).filteredOn(TrainingEvent.RoundFinished.class::isInstance).hasSize(3);
    assertThat(said).anyMatch(line -> line.startsWith("text ")).noneMatch(l -> l.contains("moved"));
  }

  @Test
  void aRunWhoseTimeHasPassedGoesOnWithTheBitsOfOneWithoutALimit() throws IOException {
    var events = new ArrayList<TrainingEvent>();
    RunOutcome limited =
        prepare("limited", Map.of("train.time_limit", "1e-9"))
            .inProcess(Beginning.FRESH, events::add, () -> false);
    RunOutcome resumed =
        prepare("limited", Map.of("train.time_limit", "1000"))
            .inProcess(Beginning.RESUMED, TrainingListener.NONE, () -> false);
    RunOutcome straight =
        prepare("straight", Map.of())
            .inProcess(Beginning.FRESH, TrainingListener.NONE, () -> false);

    assertThat(limited.result().rounds()).isEqualTo(1);
    assertThat(limited.result().end()).isEqualTo(End.TIME_LIMIT);
    assertThat(limited.result().interrupted()).isFalse();
    assertThat(events).last().isEqualTo(new TrainingEvent.Finished(1, End.TIME_LIMIT));
    assertThat(EventText.of((TrainingEvent.Finished) events.get(events.size() - 1)))
        .contains("train.time_limit has passed", "--resume");
    assertThat(resumed.result().end()).isEqualTo(End.COMPLETED);
    assertThat(resumed.result().parametersSha256()).isEqualTo(straight.result().parametersSha256());
  }

  @Test
  void aLanguageModelGoesOnWithWhatAnotherLearned() throws IOException {
    RunOutcome first =
        prepare("first").inProcess(Beginning.FRESH, TrainingListener.NONE, () -> false);
    String trained = folder.resolve("first").toString();
    RunOutcome second =
        prepare("second", Map.of("network.initial", trained, "optimizer.learning_rate", "1e-9"))
            .inProcess(Beginning.FRESH, TrainingListener.NONE, () -> false);
    assertThat(second.result().validationLoss())
        .isCloseTo(first.result().validationLoss(), within(1e-4));

    Files.writeString(text, "another text has other words\n".repeat(200));
    assertThatThrownBy(() -> prepare("third", Map.of("network.initial", trained)))
        .isInstanceOf(SettingsException.class)
        .hasMessageMatching(
            "test: network.initial = .*first: vocabulary: that of this text .* is not that of .*");
  }

  @Test
  void secondRunIntoTheSameOutputIsRefusedBeforeAnythingIsMoved() throws IOException {
    var refusals = new ArrayList<Throwable>();
    TrainingListener second =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished) {
            refusals.add(catchThrowable(() -> prepare("run")));
          }
        };
    RunOutcome first = prepare("run").inProcess(Beginning.FRESH, second, () -> false);

    assertThat(refusals)
        .hasSize(3)
        .allSatisfy(
            refusal ->
                assertThat(refusal)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("belongs to a run that is still going on"));
    assertThat(first.result().rounds()).isEqualTo(3);
    assertThat(folder.resolve("run"))
        .isDirectoryNotContaining("glob:**earlier-*")
        .isDirectoryNotContaining("glob:**.rondo-*");
  }

  @Test
  void outputIsFreeAfterAFailureAndWhereNothingWasBegun() throws IOException {
    prepare("run").close();
    TrainingRun failing = prepare("run");
    TrainingListener broken =
        event -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> failing.inProcess(Beginning.FRESH, broken, () -> false))
        .hasMessage("broken");

    assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**.rondo-*");
    prepare("run").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/x", "HTTPS://host/x", "nosuch://host/x"})
  void outputThatNobodyCanWriteIsRefusedByItsKey(String output) {
    var settings = settings("any", Map.of("output", output));

    assertThatThrownBy(() -> TrainingRun.prepare(settings, new Configuration(), said::add))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("output = " + output + ": ");
  }

  @Test
  void lossFarAboveThatOfAGuessIsToldInTheEnd() throws IOException {
    Map<String, String> reckless =
        Map.of("optimizer.name", "sgd", "optimizer.learning_rate", "1000", "train.clip_norm", "5");
    RunOutcome exploded =
        prepare("exploded", reckless)
            .inProcess(Beginning.FRESH, TrainingListener.NONE, () -> false);
    RunOutcome calm =
        prepare("calm").inProcess(Beginning.FRESH, TrainingListener.NONE, () -> false);

    assertThat(exploded.explosion().orElse("none"))
        .startsWith("the validation loss exploded to ")
        .contains(" in round 3, where a guess among ");
    assertThat(calm.explosion()).isEmpty();
  }

  /** A relative one is no path to Hadoop, which takes what stands before the colon as a scheme. */
  @Test
  void textWithAColonInItsNameThatIsNotThereIsNothing() {
    var settings = settings("any", Map.of()).with(Map.of("data.path", "no:such.txt"), "test");

    assertThatThrownBy(() -> TrainingRun.prepare(settings, new Configuration(), said::add))
        .isInstanceOf(IngestException.class)
        .hasMessage("data: nothing at no:such.txt");
  }

  @Test
  void namesThatAreHiddenInATextFolderAreToldOnce() throws IOException {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.move(text, texts.resolve("a.txt"));
    Files.writeString(texts.resolve(".b.txt"), "not read");
    text = texts;

    prepare("hidden").close();

    assertThat(said)
        .filteredOn(line -> line.contains("passed over"))
        .containsExactly(
            "1 name beginning with _ or . in the text's folders is passed over, such as file:"
                + texts.resolve(".b.txt"));
  }

  @Test
  void refusalForTheShardsSaysWhereTheCorpusLies() {
    var settings = settings("shards", Map.of()).with(Map.of("evaluate.streams", "100000"), "test");

    assertThatThrownBy(() -> TrainingRun.prepare(settings, new Configuration(), said::add))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("evaluate.streams = 100000 needs at least 100001")
        .hasMessageEndingWith("the text stays prepared in file:" + folder.resolve("shards/corpus"));
  }

  @Test
  void fractionThatLeavesNoValidationIsRefusedBeforeTheTextIsPrepared() {
    var settings = settings("fraction", Map.of("data.validation_fraction", "0"));

    assertThatThrownBy(() -> TrainingRun.prepare(settings, new Configuration(), said::add))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.validation_fraction = 0")
        .hasMessageContaining("leaves nothing to evaluate on");
    assertThat(folder.resolve("fraction")).doesNotExist();
  }

  @Test
  void whatIsWrongWithTheTrainingShowsBeforeTheTextIsPrepared() {
    var settings = settings("refused", Map.of("sync.name", "mean"));

    assertThatThrownBy(() -> TrainingRun.prepare(settings, new Configuration(), said::add))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("sync.name = mean");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private TrainingRun prepare(String output) throws IOException {
    return prepare(output, Map.of());
  }

  private TrainingRun prepare(String output, Map<String, String> more) throws IOException {
    return TrainingRun.prepare(settings(output, more), new Configuration(), said::add);
  }

  private Settings settings(String output, Map<String, String> more) {
    var keys = new HashMap<String, String>(more);
    keys.put("data.path", text.toString());
    keys.putIfAbsent("output", folder.resolve(output).toString());
    keys.put("train.rounds", "3");
    keys.put("train.sync_every", "2");
    keys.put("train.batch", "4");
    keys.put("train.unroll", "8");
    keys.put("network.units", "8");
    keys.put("generate.length", "10");
    return Settings.defaults().with(keys, "test");
  }
}
