package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Network;
import org.rondo.runs.Engine;
import org.rondo.runs.Plans;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.TrainingRun;
import org.rondo.training.events.TrainingListener;

/** A configuration through DL4J against the same one through Rondo. */
class Dl4jEngineTest {
  private static JavaSparkContext spark;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = EmbeddedSpark.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void itIsFoundByItsName() {
    assertThat(Engine.named("dl4j")).isInstanceOf(Dl4jEngine.class);
  }

  /** One minibatch: no average, and no state that is carried. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov"})
  void aMinibatchComesToWhatRondoComesTo(String optimizer) throws IOException {
    Map<String, String> settings =
        Map.of(
            "optimizer.name", optimizer,
            "optimizer.learning_rate", "3",
            "shards", "1",
            "train.sync_every", "1",
            "train.rounds", "1");

    RunOutcome rondo = train("rondo", settings);
    RunOutcome dl4j = train("dl4j", settings);

    INDArray wanted = Nd4j.create(rondo.best().parameters());
    INDArray before = Nd4j.create(Network.initialParameters(rondo.best().network(), 1));
    double moved = wanted.distance2(before);
    double apart = wanted.distance2(Nd4j.create(dl4j.best().parameters()));
    assertThat(moved).as("way that training went").isGreaterThan(0.1);
    // Of a step in float32, summed in another order. (Adam's first step is as long for a gradient
    // that is but rounding as for any other.)
    assertThat(apart / moved).isLessThan(1e-5);
    assertThat(dl4j.result().tokens()).isEqualTo(rondo.result().tokens());
    assertThat(dl4j.figures().keySet()).isEqualTo(rondo.figures().keySet());
    assertThat(dl4j.result().perplexity()).isCloseTo(rondo.result().perplexity(), within(1e-3));
  }

  @Test
  void severalShardsAreAveragedAndLearn() throws IOException {
    RunOutcome outcome = train("dl4j", Map.of("train.rounds", "6", "evaluate.every", "3"));

    assertThat(outcome.result().rounds()).isEqualTo(6);
    assertThat(outcome.result().tokens()).isEqualTo(6 * 2 * 4 * 3 * 6);
    // A guess among the text's symbols would have their number.
    int symbols = outcome.best().network().head().outputs();
    assertThat(outcome.result().perplexity()).isLessThan(0.8 * symbols);
    assertThat(Files.readString(folder.resolve("dl4j/events.jsonl")))
        .contains("\"event\":\"started\"", "\"event\":\"evaluated\"", "\"event\":\"result\"");
  }

  @ParameterizedTest
  @CsvSource({
    "network.cell, gru, network.cell = gru",
    "network.cell_options.peepholes, true, cell_options {peepholes=true}",
    "network.residual, true, choose layers in one direction with plain dropout between them alone",
    "optimizer.name, momentum, optimizer.name = momentum",
    "precision, auto, precision = auto",
    "sync.name, block-momentum, sync.name = block-momentum",
    "sync.growth, 2, sync.growth = 1.0",
    "sync.delay, 1, sync.delay = 0",
    "sync.wire, bfloat16, sync.wire = bfloat16",
    "schedule.name, cosine, no schedule of the learning rate; choose schedule.name = constant",
    "train.scale_norm, 1, 'no train.scale_norm, nor two ways of clipping at once; choose one of'",
    "data.order, shuffled, data.order = shuffled",
    "diagnostics.gradients, true, diagnostics.gradients = false"
  })
  void aKeyThatDl4jHasNotIsNamed(String key, String value, String part) throws IOException {
    Map<String, String> changed = new HashMap<>(Map.of(key, value));
    if (key.equals("sync.growth")) {
      changed.put("sync.maximum", "8");
    }
    var plans = new Plans(settings("dl4j", changed));

    assertThatThrownBy(() -> new Dl4jEngine().check(plans.network(9), plans.training()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("engine = dl4j has no ")
        .hasMessageContaining(part);
  }

  @Test
  void itTrainsOnSparkAlone() throws IOException {
    TrainingRun run = prepare("dl4j", Map.of());
    Path earlier = earlierRun();

    assertThatThrownBy(
            () -> run.inProcess(TrainingRun.Beginning.FRESH, TrainingListener.NONE, () -> false))
        .isInstanceOf(SettingsException.class)
        .hasMessage("engine = dl4j trains on Spark alone: leave --in-process away");
    assertThat(earlier).hasContent("{}");
  }

  @Test
  void itBeginsWithNoOtherNetwork() {
    assertThatThrownBy(() -> new Plans(settings("dl4j", Map.of("network.initial", "any"))).check())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("network.initial = any: is taken by engine = rondo alone");
  }

  @Test
  void itDoesNotResume() throws IOException {
    TrainingRun run = prepare("dl4j", Map.of());
    Path earlier = earlierRun();

    assertThatThrownBy(
            () ->
                run.onSpark(
                    spark, TrainingRun.Beginning.RESUMED, TrainingListener.NONE, () -> false))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("leave --resume away");
    assertThat(earlier).hasContent("{}");
  }

  /** What a refusal must leave as it is. */
  private Path earlierRun() throws IOException {
    return Files.writeString(folder.resolve("dl4j/events.jsonl"), "{}");
  }

  private RunOutcome train(String engine, Map<String, String> changed) throws IOException {
    return prepare(engine, changed)
        .onSpark(spark, TrainingRun.Beginning.FRESH, TrainingListener.NONE, () -> false);
  }

  private TrainingRun prepare(String engine, Map<String, String> changed) throws IOException {
    return TrainingRun.prepare(settings(engine, changed), new Configuration(), text -> {});
  }

  private Settings settings(String engine, Map<String, String> changed) throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), text());
    Path file =
        Files.writeString(
            folder.resolve("run.conf"),
            """
            data { path = "%s", validation_fraction = 0.2 }
            output = "%s"
            engine = %s
            precision = float32
            shards = 2
            train { sync_every = 4, batch = 3, unroll = 6, clip_norm = 0 }
            network { layers = 1, units = 12 }
            optimizer { name = sgd, learning_rate = 1.0 }
            evaluate { every = 1, streams = 4, batch = 2 }
            checkpoint.every = 0
            generate.length = 5
            """
                .formatted(text, folder.resolve(engine), engine));
    return Settings.load(file.toFile()).with(changed, "the test");
  }

  /** Words of a small grammar. */
  private static String text() {
    String[] words = {"the ", "theme ", "comes ", "back ", "again ", "and ", "once ", "more\n"};
    CounterRandom random = CounterRandom.of(11);
    var text = new StringBuilder();
    for (int i = 0; text.length() < 4000; i++) {
      text.append(words[(int) (random.uniform(i) * words.length)]);
    }
    return text.toString();
  }
}
