package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rondo.driver.FaultPlugin.Fault.FAIL;
import static org.rondo.driver.FaultPlugin.Fault.HOLD;
import static org.rondo.driver.FaultPlugin.Fault.KILL;
import static org.rondo.driver.FaultPlugin.Fault.LOSE_FILES;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.FaultPlugin.Fault;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.training.Carrier;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/** Faults that a run survives: in each case it ends with the bits of a quiet run on threads. */
class FaultTest {
  /** Unlike the number of reducers, one per core, and that of the evaluation's parts. */
  private static final int SHARDS = 3;

  private static final int REDUCERS = 2;

  @TempDir static Path folder;
  private static TinyRun run;
  private static String quiet;
  private static LoopbackCluster cluster;
  private static JavaSparkContext spark;
  private final Counts counts = new Counts();

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    quiet = run.onThreads(TinyRun.plan(SHARDS), "threads").parametersSha256();
    cluster = new LoopbackCluster(2);
    SparkConf conf =
        FaultPlugin.in(EmbeddedSpark.conf(cluster.url()))
            .set("spark.default.parallelism", Integer.toString(REDUCERS))
            .set("spark.speculation", "true")
            .set("spark.speculation.quantile", "0.3")
            .set("spark.speculation.minTaskRuntime", "1s");
    spark = new JavaSparkContext(conf);
  }

  @AfterAll
  static void stop() {
    Stream.of(spark, cluster).forEach(FaultTest::close);
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void count() {
    spark.sc().addSparkListener(counts);
  }

  @AfterEach
  void stopCounting() {
    spark.sc().removeSparkListener(counts);
  }

  @Test
  void executorKilledWhileItTrainsChangesNoBit() {
    assertThat(trainWith(KILL, SHARDS)).isEqualTo(quiet);
    counts.await(counts.removedExecutors, 1);
  }

  @Test
  void executorKilledWhileItReducesChangesNoBit() {
    assertThat(trainWith(KILL, REDUCERS)).isEqualTo(quiet);
    counts.await(counts.removedExecutors, 1);
  }

  @Test
  void taskThatFailsAfterItsWorkChangesNoBit() {
    assertThat(trainWith(FAIL, SHARDS)).isEqualTo(quiet);
    counts.await(counts.failedTasks, 1);
  }

  @Test
  void shuffleFilesThatAreLostChangeNoBit() {
    assertThat(trainWith(LOSE_FILES, REDUCERS)).isEqualTo(quiet);
    counts.await(counts.repeatedStages, 1);
  }

  @Test
  void stragglerThatASpeculativeAttemptOvertakesChangesNoBit() {
    assertThat(trainWith(HOLD, SHARDS)).isEqualTo(quiet);
    counts.await(counts.speculativeTasks, 1);
  }

  /**
   * After the evaluation of round 6, in which no stage has as many tasks, its states are written.
   */
  @Test
  void stateThatTwoAttemptsWriteIsListedOnce() {
    String twice =
        trainWith(
            FAIL, SHARDS, "twice", e -> e instanceof TrainingEvent.Evaluated v && v.round() == 6);

    assertThat(twice).isEqualTo(quiet);
    counts.await(counts.failedTasks, 1);
    Path checkpoint = folder.resolve("twice/checkpoints/round-000006");
    String[] written =
        checkpoint.resolve("state").toFile().list((in, name) -> name.matches("shard-.*bin"));
    assertThat(written).hasSizeGreaterThan(SHARDS);
    assertThat(checkpoint.resolve("manifest.json"))
        .content()
        .satisfies(text -> assertThat(text.split("state/shard-", -1)).hasSize(SHARDS + 1));
  }

  /** Strikes in round 6, two rounds after the last checkpoint; between them nobody evaluates. */
  private String trainWith(Fault fault, int tasks) {
    return trainWith(
        fault,
        tasks,
        fault + "-" + tasks,
        event -> event instanceof TrainingEvent.RoundFinished r && r.round() == 5);
  }

  private String trainWith(Fault fault, int tasks, String name, Predicate<TrainingEvent> after) {
    Path marker = folder.resolve(name + ".fault");
    TrainingListener striking =
        event -> {
          if (after.test(event)) {
            FaultPlugin.order(spark, fault, tasks, marker);
          }
        };
    TrainingPlan plan = TinyRun.plan(SHARDS);
    Storage output = run.output(name);
    var shuffling = new SparkLimits(0, 20, Long.MAX_VALUE, Duration.ofMinutes(5));
    try (Carrier carrier =
        new SparkCarrier(spark, run.job(plan), output.folder("states"), shuffling)) {
      TrainingResult result =
          new DistributedTrainer(carrier, output, striking, () -> false).train();
      assertThat(marker).as("the fault struck").doesNotExist();
      return result.parametersSha256();
    }
  }

  /** What Spark did about a fault; its events come a little later than a job's end. */
  private static final class Counts extends SparkListener {
    private final AtomicInteger removedExecutors = new AtomicInteger();
    private final AtomicInteger failedTasks = new AtomicInteger();
    private final AtomicInteger repeatedStages = new AtomicInteger();
    private final AtomicInteger speculativeTasks = new AtomicInteger();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      removedExecutors.incrementAndGet();
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
      if (event.stageInfo().attemptNumber() > 0) {
        repeatedStages.incrementAndGet();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      if (event.taskInfo().failed()) {
        failedTasks.incrementAndGet();
      }
      if (event.taskInfo().speculative() && event.taskInfo().successful()) {
        speculativeTasks.incrementAndGet();
      }
    }

    void await(AtomicInteger count, int least) {
      long end = System.nanoTime() + 10_000_000_000L;
      while (count.get() < least && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(count.get()).isGreaterThanOrEqualTo(least);
    }
  }
}
