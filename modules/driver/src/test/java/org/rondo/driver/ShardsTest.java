package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.DataOrder;
import org.rondo.training.Carrier;
import org.rondo.training.DataPlan;
import org.rondo.training.RoundPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/** Shards other than streams in memory, on threads and on Spark. */
class ShardsTest {
  /** A serializer that cannot restore records, as users choose it. */
  private static final SparkConf KRYO =
      EmbeddedSpark.conf("local[2]")
          .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

  @TempDir static Path folder;
  private static TinyRun run;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    spark = new JavaSparkContext(KRYO);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static TrainingPlan shuffled() {
    return TinyRun.plan(3).with(p -> p.data(new DataPlan(DataOrder.SHUFFLED, 1, 1)));
  }

  @Test
  void shuffledLinesGiveTheSameBitsOnThreadsAndSparkAndWhenResumed() {
    var events = new ArrayList<TrainingEvent>();
    TrainingResult onThreads = run.onThreads(shuffled(), "threads", events);

    Storage output = run.output("resumed");
    var trained = new AtomicInteger();
    try (Carrier carrier = new SparkCarrier(spark, run.job(shuffled()), output.folder("states"))) {
      new DistributedTrainer(
              carrier, output, TrainingListener.NONE, () -> trained.incrementAndGet() == 5)
          .train();
    }
    TrainingResult resumed;
    try (Carrier carrier = new SparkCarrier(spark, run.job(shuffled()), output.folder("states"))) {
      resumed =
          new DistributedTrainer(carrier, output, TrainingListener.NONE, () -> false).resume();
    }

    assertThat(resumed.parametersSha256()).isEqualTo(onThreads.parametersSha256());
    assertThat(resumed.validationLoss()).isEqualTo(onThreads.validationLoss());
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            TrainingEvent.Started.class,
            started -> {
              assertThat(started.leftoverTokens()).isZero();
              assertThat(started.warnings()).isEmpty();
              assertThat(started.remarks())
                  .anyMatch(remark -> remark.contains("longer than train.unroll = 6"));
            });
  }

  @Test
  void anotherOrderIsAnotherRun() {
    TrainingResult lines = run.onThreads(shuffled(), "lines");
    TrainingResult streams = run.onThreads(TinyRun.plan(3), "streams");

    assertThat(lines.parametersSha256()).isNotEqualTo(streams.parametersSha256());
    assertThat(lines.validationLoss()).isNotEqualTo(streams.validationLoss());
  }

  /** A MB is 262,144 tokens, the two shards have 280,000 each. */
  @Test
  void shardsThatAreReadInWindowsGiveTheBitsOfThoseInMemory(@TempDir Path large) {
    var longer = new TinyRun(large, TinyRun.text(700_000));
    TrainingPlan few = TinyRun.plan(2).with(p -> p.rounds(new RoundPlan(2, 3, 4, 6)));
    TrainingResult loaded = longer.onThreads(few, "loaded");
    TrainingPlan windows = few.with(p -> p.data(new DataPlan(DataOrder.CONTIGUOUS, 1, 1)));
    Storage output = longer.output("windows");
    TrainingResult onSpark;
    try (Carrier carrier = new SparkCarrier(spark, longer.job(windows), output.folder("states"))) {
      onSpark = new DistributedTrainer(carrier, output, TrainingListener.NONE, () -> false).train();
    }

    assertThat(onSpark.parametersSha256()).isEqualTo(loaded.parametersSha256());
    assertThat(onSpark.validationLoss()).isEqualTo(loaded.validationLoss());
  }
}
