package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.DatasetFolder;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.models.NetworkSpec;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.storage.CheckpointException;

/**
 * Failures that no further try removes, on a master that tries each task three times: one sentence,
 * the same as on threads, and no task that failed.
 */
class BadDataTest {
  @TempDir static Path folder;
  private static TinyRun run;
  private static JavaSparkContext spark;
  private final TrainingPlan plan = TinyRun.plan(2);

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    spark = EmbeddedSpark.start("local[2,3]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Split.TRAIN, Split.VALIDATION})
  void targetThatTheHeadDoesNotHaveIsAnErrorOfTheData(String split) {
    TrainingJob job = spoiled(split, false);
    String name = "target-" + split;

    IngestException failure =
        catchThrowableOfType(IngestException.class, () -> onThreads(job, name));

    assertThat(failure).hasMessageContaining("target id 999 at step 2 of sequence 1");
    assertThat(failure).hasMessageStartingWith(split.equals(Split.TRAIN) ? "round 1, " : "eval");
    assertThat(onSpark(job, name + "-spark", DistributedTrainer::train))
        .isInstanceOf(IngestException.class)
        .hasMessage(failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {Split.TRAIN, Split.VALIDATION})
  void shardThatCannotBeMadeIsAnErrorOfTheData(String split) {
    assertThat(onSpark(spoiled(split, true), "shard-" + split, DistributedTrainer::train))
        .isInstanceOf(IngestException.class)
        .hasMessage("the %s split is spoiled", split);
  }

  @Test
  void statesThatAreAllDamagedAreAnErrorOfTheCheckpoints() throws IOException {
    TrainingJob job = run.job(plan);
    onThreads(job, "state");
    try (var files = Files.walk(folder.resolve("state/checkpoints"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*/state/shard-.*bin")).toList()) {
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
    }
    var longer = new TrainingJob(job.network(), plan.with(p -> p.rounds(9)), job.dataset());

    assertThat(onSpark(longer, "state", DistributedTrainer::resume))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("shard-00000.0.bin is corrupt");
  }

  @Test
  void divergenceIsNotTriedAgain() {
    TrainingPlan wild =
        plan.with(
            p -> p.clip(ClipPlan.NONE).optimizer("sgd", 1e38).schedule(SchedulePlan.constant()));

    assertThat(onSpark(run.job(wild), "wild", DistributedTrainer::train))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training diverged in round 1, minibatch ");
  }

  private static void onThreads(TrainingJob job, String name) {
    try (Carrier carrier = new ThreadCarrier(job)) {
      new DistributedTrainer(carrier, run.output(name), TrainingListener.NONE, () -> false).train();
    }
  }

  /** The failure of a run of which no task failed. */
  private static RuntimeException onSpark(
      TrainingJob job, String name, Function<DistributedTrainer, TrainingResult> how) {
    var failed = new FailedTasks();
    spark.sc().addSparkListener(failed);
    try (Carrier carrier = new SparkCarrier(spark, job, run.output(name).folder("states"))) {
      var trainer =
          new DistributedTrainer(carrier, run.output(name), TrainingListener.NONE, () -> false);
      return catchThrowableOfType(RuntimeException.class, () -> how.apply(trainer));
    } finally {
      spark.parallelize(List.of(1)).count(); // whose end the listener hears last
      failed.waitForTheLast();
      spark.sc().removeSparkListener(failed);
      assertThat(failed.count).as("failed tasks").hasValue(0);
    }
  }

  private static final class FailedTasks extends SparkListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      count.addAndGet(task.reason() instanceof Success$ ? 0 : 1);
    }

    void waitForTheLast() {
      try {
        spark.sc().listenerBus().waitUntilEmpty();
      } catch (java.util.concurrent.TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private TrainingJob spoiled(String split, boolean unreadable) {
    TrainingJob job = run.job(plan);
    return new TrainingJob(
        job.network(), plan, new SpoiledFolder(job.dataset(), split, unreadable));
  }

  /**
   * @param unreadable whether shards of the split cannot be made; else they hold a target that no
   *     network has
   */
  private record SpoiledFolder(DatasetFolder whole, String split, boolean unreadable)
      implements DatasetFolder {
    @Override
    public Dataset open() {
      return new Spoiled(whole.open(), this);
    }

    Shard spoil(Shard shard, ShardPlan plan) {
      if (!plan.split().equals(split)) {
        return shard;
      }
      if (unreadable) {
        throw new IngestException("the " + split + " split is spoiled");
      }
      return new SpoiledShard(shard);
    }
  }

  private record SpoiledShard(Shard whole) implements Shard {
    @Override
    public long minibatches() {
      return whole.minibatches();
    }

    @Override
    public int steps(long number) {
      return whole.steps(number);
    }

    @Override
    public boolean startsSequence(long number) {
      return whole.startsSequence(number);
    }

    @Override
    public Reader reader() {
      Reader reader = whole.reader();
      return (minibatch, number) -> {
        reader.fill(minibatch, number);
        minibatch.targets()[2 * minibatch.batch() + 1] = 999;
      };
    }
  }

  private record Spoiled(Dataset whole, SpoiledFolder how) implements Dataset {
    @Override
    public org.apache.hadoop.fs.Path folder() {
      return whole.folder();
    }

    @Override
    public Shard shard(ShardPlan plan, int shard, long seed) {
      return how.spoil(whole.shard(plan, shard, seed), plan);
    }

    @Override
    public Shard part(ShardPlan plan, int part) {
      return how.spoil(whole.part(plan, part), plan);
    }

    @Override
    public List<Integer> steps(ShardPlan plan) {
      return whole.steps(plan);
    }

    @Override
    public long minibatches(ShardPlan plan) {
      return whole.minibatches(plan);
    }

    @Override
    public long targets(DataOrder order, String split) {
      return whole.targets(order, split);
    }

    @Override
    public Deal deal(ShardPlan plan) {
      return whole.deal(plan);
    }

    @Override
    public void requireParts(ShardPlan plan) {
      whole.requireParts(plan);
    }

    @Override
    public void requireFits(NetworkSpec network, int unroll) {
      whole.requireFits(network, unroll);
    }

    @Override
    public String fingerprint(String split) {
      return whole.fingerprint(split);
    }

    @Override
    public Map<String, String> dictionaries() {
      return whole.dictionaries();
    }
  }
}
