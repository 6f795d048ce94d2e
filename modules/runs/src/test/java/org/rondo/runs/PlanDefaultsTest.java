package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.sync.OuterPlan;
import org.rondo.training.sync.SyncPlan;

/** Who trains from Java gets what the command trains with. */
final class PlanDefaultsTest {
  private static final String KEYS_OF_THE_PLAN =
      "seed|shards|precision|data\\.(order|shard_memory|buckets)|(train|sync|optimizer|schedule|evaluate"
          + "|early_stopping|checkpoint|diagnostics|kernels)\\..*";

  @Test
  void theDefaultsOfJavaAreThoseOfTheConfigurationKeyByKey() {
    var keys = new TreeMap<>(Settings.defaults().all());
    keys.keySet().removeIf(key -> !key.matches(KEYS_OF_THE_PLAN));
    // Rounds and the learning rate by other names.
    keys.keySet().removeAll(List.of("train.epochs", "train.time_limit", "optimizer.scale"));

    // The task decides what auto is; the next test compares it.
    assertThat(keys).containsEntry("data.order", "auto");
    keys.put("data.order", "contiguous");

    assertThat(byKey(TrainingPlan.defaults()))
        .allSatisfy((key, value) -> assertThat(value).as(key).hasToString(value(keys, key)))
        .containsOnlyKeys(keys.keySet());
  }

  @Test
  void aPlanOfTheDefaultKeysIsThatOfJava() {
    assertThat(new Plans(Settings.defaults()).training()).isEqualTo(TrainingPlan.defaults());
  }

  @ParameterizedTest
  @CsvSource({"none, 0.25", "square-root, 0.5", "linear, 1"})
  void theLearningRateFollowsTheShards(String scale, double rate) {
    Map<String, String> keys =
        Map.of("shards", "4", "optimizer.learning_rate", "0.25", "optimizer.scale", scale);

    assertThat(new Plans(Settings.defaults().with(keys, "test")).training().update().optimizer())
        .isEqualTo(OptimizerPlan.of("adam", rate));
  }

  @Test
  void changesByNameGiveWhatTheirKeysGive() {
    Map<String, String> keys =
        Map.of(
            "shards", "4",
            "train.rounds", "7",
            "train.unroll", "9",
            "sync.name", "block-momentum",
            "optimizer.name", "sgd",
            "optimizer.learning_rate", "0.5",
            "schedule.name", "cosine",
            "schedule.warm_up", "3",
            "early_stopping.patience", "2",
            "checkpoint.every", "5");

    TrainingPlan changed =
        TrainingPlan.defaults()
            .with(
                plan ->
                    plan.synchronizer("block-momentum")
                        .shards(4)
                        .rounds(7)
                        .batch(32, 9)
                        .optimizer("sgd", 0.5)
                        .schedule(SchedulePlan.of("cosine").withWarmUp(3))
                        .patience(2)
                        .checkpointEvery(5));

    assertThat(changed).isEqualTo(new Plans(Settings.defaults().with(keys, "test")).training());
  }

  /** As in the file, where a number may have a needless zero and momentum follows the shards. */
  private static String value(Map<String, String> keys, String key) {
    return key.equals("sync.momentum")
        ? String.valueOf(OuterPlan.momentumFor(2))
        : key.equals("optimizer.epsilon")
            ? String.valueOf(Double.parseDouble(keys.get(key)))
            : keys.get(key);
  }

  private static Map<String, Object> byKey(TrainingPlan plan) {
    var values = new TreeMap<String, Object>();
    values.put("seed", plan.seed());
    values.put("shards", plan.shards());
    values.put("data.order", plan.data().order().word());
    values.put("data.shard_memory", plan.data().shardMemory());
    values.put("data.buckets", plan.data().buckets());
    values.put("precision", plan.kernels().precision());
    values.put("kernels.matmul", plan.kernels().matmul());
    values.put("kernels.elementwise", plan.kernels().elementwise());
    values.put("kernels.allow_mixed", plan.kernels().allowMixed());
    values.put("train.rounds", plan.rounds().count());
    values.put("train.sync_every", plan.rounds().syncEvery());
    values.put("train.batch", plan.rounds().batch());
    values.put("train.unroll", plan.rounds().unroll());
    values.put("train.vary_unroll", plan.rounds().varied());
    values.put("train.clip_norm", plan.update().clip().norm());
    values.put("train.clip_value", plan.update().clip().value());
    values.put("train.scale_norm", plan.update().clip().scaleNorm());
    values.put("evaluate.every", plan.evaluation().every());
    values.put("evaluate.streams", plan.evaluation().streams());
    values.put("evaluate.batch", plan.evaluation().batch());
    values.put("evaluate.metric", plan.evaluation().metric());
    values.put("evaluate.average_after", plan.evaluation().averageAfter());
    values.put("early_stopping.patience", plan.evaluation().patience());
    values.put("checkpoint.every", plan.checkpoint().every());
    values.put("checkpoint.keep", plan.checkpoint().keep());
    values.put("checkpoint.retries", plan.checkpoint().retries());
    values.put("diagnostics.gradients", plan.diagnostics().gradients());
    putSync(values, plan.sync());
    putOptimizer(values, plan.update().optimizer());
    putSchedule(values, plan.update().schedule());
    return values;
  }

  private static void putSync(Map<String, Object> values, SyncPlan sync) {
    values.put("sync.name", sync.name());
    values.put("sync.momentum", sync.outer().momentum());
    values.put("sync.learning_rate", sync.outer().learningRate());
    values.put("sync.nesterov", sync.outer().nesterov());
    values.put("sync.slots", sync.slots().word());
    values.put("sync.growth", sync.growth().factor());
    values.put("sync.maximum", sync.growth().maximum());
    values.put("sync.warm_up", sync.warmUp());
    values.put("sync.wire", sync.wire().word());
    values.put("sync.delay", sync.delay());
  }

  private static void putOptimizer(Map<String, Object> values, OptimizerPlan optimizer) {
    values.put("optimizer.name", optimizer.name());
    values.put("optimizer.learning_rate", optimizer.learningRate());
    values.put("optimizer.momentum", optimizer.momentum());
    values.put("optimizer.beta1", optimizer.beta1());
    values.put("optimizer.beta2", optimizer.beta2());
    values.put("optimizer.epsilon", optimizer.epsilon());
    values.put("optimizer.weight_decay", optimizer.weightDecay());
  }

  private static void putSchedule(Map<String, Object> values, SchedulePlan schedule) {
    values.put("schedule.name", schedule.name());
    values.put("schedule.every", schedule.every());
    values.put("schedule.factor", schedule.factor());
    values.put("schedule.warm_up", schedule.warmUp());
    values.put("schedule.minimum", schedule.minimum());
    values.put("schedule.patience", schedule.patience());
  }
}
