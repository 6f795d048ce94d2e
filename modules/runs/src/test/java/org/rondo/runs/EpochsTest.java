package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.training.TrainingPlan;

final class EpochsTest {
  private static final RunMessages SILENT = text -> {};

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text =
        Files.writeString(
            folder.resolve("text.txt"), "the cat sat.\nit purred, and slept.\n".repeat(90));
  }

  @ParameterizedTest
  @CsvSource({"contiguous, 1", "contiguous, 0.1", "contiguous, 2.5", "shuffled, 1", "shuffled, 3"})
  void epochsTakeAsManyRoundsAsTheLongestShardNeeds(String order, double epochs)
      throws IOException {
    Plans plans = plans(Map.of("train.epochs", String.valueOf(epochs), "data.order", order));
    Corpus corpus = Preparation.run(plans, new Configuration(), SILENT);
    TrainingPlan plan = plans.training(corpus);

    long longest =
        IntStream.range(0, plan.shards())
            .mapToLong(shard -> plan.shard(corpus, shard).minibatches())
            .max()
            .getAsLong();

    double minibatches = Math.ceil(Math.round(epochs * longest * 10) / 10.0);
    assertThat(plan.rounds().count()).isEqualTo((int) Math.ceil(minibatches / 3));
  }

  @Test
  void roundsThatGrowAreFewer() throws IOException {
    var growing = Map.of("train.epochs", "2", "sync.growth", "1.5", "sync.maximum", "12");
    Plans plans = plans(growing);
    Corpus corpus = Preparation.run(plans, new Configuration(), SILENT);
    TrainingPlan plan = plans.training(corpus);

    long needed = 2 * plan.minibatchesPerEpoch(corpus);
    assertThat(plan.minibatches()).isBetween(needed, needed + 11);
  }

  @Test
  void withoutEpochsRoundsDecide() throws IOException {
    Plans plans = plans(Map.of("train.rounds", "7"));

    assertThat(plans.training(Preparation.run(plans, new Configuration(), SILENT)))
        .isEqualTo(plans.training());
    assertThat(plans.training().rounds().count()).isEqualTo(7);
  }

  @Test
  void roundsBesideEpochsAreRefusedUnlessOneOfThemIsZero() {
    assertThatThrownBy(() -> plans(Map.of("train.rounds", "100", "train.epochs", "2")).check())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("train.rounds = 100 and train.epochs = 2 are both set");

    plans(Map.of("train.rounds", "0", "train.epochs", "2")).check();
    plans(Map.of("train.rounds", "5", "train.epochs", "0")).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.001"})
  void epochsAndTimeLimitsBelowZeroAreRefusedByTheirKeys(String value) {
    for (String key : new String[] {"train.epochs", "train.time_limit"}) {
      assertThatThrownBy(() -> plans(Map.of(key, value)).check())
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining(key + " = " + value + ": must be >= 0");
    }
  }

  @Test
  void moreRoundsThanThereCanBeAreRefusedBeforeTheyAreTrained() throws IOException {
    Plans plans = plans(Map.of("train.epochs", "1e30"));
    Corpus corpus = Preparation.run(plans, new Configuration(), SILENT);

    assertThatThrownBy(() -> plans.training(corpus))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("train.epochs = 1e30");
  }

  private Plans plans(Map<String, String> more) {
    var keys = new HashMap<String, String>(more);
    keys.put("data.path", text.toString());
    keys.put("output", folder.resolve("run").toString());
    keys.put("train.sync_every", "3");
    keys.put("train.batch", "4");
    keys.put("train.unroll", "8");
    keys.put("network.units", "8");
    return new Plans(Settings.defaults().with(keys, "test"));
  }
}
