package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.GrowthPlan;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.sync.Synchronizer;
import org.rondo.training.sync.WireFormat;

/** What is promised of every synchronizer that is found. */
class SynchronizerBitsTest {
  private static final int SHARDS = 3;

  @TempDir static Path folder;
  private static TinyRun run;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    spark = EmbeddedSpark.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Every one as it is, and the ways in which shards may exchange and carry more or less. */
  static List<SyncPlan> everySynchronizer() {
    var plans = new ArrayList<SyncPlan>();
    Synchronizer.names().forEach(name -> plans.add(SyncPlan.of(name, SHARDS)));
    SyncPlan momentum = SyncPlan.of("block-momentum", SHARDS);
    plans.add(momentum.withSlots(SlotPolicy.AVERAGE).withGrowth(new GrowthPlan(1.3, 5)));
    plans.add(momentum.withSlots(SlotPolicy.RESET).withWarmUp(2));
    plans.add(SyncPlan.of("gradient", SHARDS).withWarmUp(2));
    plans.add(SyncPlan.of("none", SHARDS).withWarmUp(5));
    plans.add(momentum.withWire(WireFormat.BFLOAT16).withWarmUp(2));
    plans.add(SyncPlan.of("gradient", SHARDS).withWire(WireFormat.BFLOAT16));
    plans.add(SyncPlan.of("average", SHARDS).withDelay(1));
    plans.add(momentum.withWire(WireFormat.BFLOAT16).withDelay(1));
    return plans;
  }

  /** Rounds 1 to 3 on threads, 4 to 6 on Spark, 7 and 8 on threads again. */
  @ParameterizedTest
  @MethodSource("everySynchronizer")
  void bitsAreThoseOfARunOnThreadsWhereverItIsStoppedAndResumed(SyncPlan sync) {
    TrainingJob job = run.job(TinyRun.plan(SHARDS).with(p -> p.sync(sync)));
    String name = "%08x".formatted(sync.hashCode());
    String straight =
        train(new ThreadCarrier(job), run.output(name + "-straight"), () -> false, false);
    Storage output = run.output(name);

    train(new ThreadCarrier(job), output, stopAfter(3), false);
    String sixRounds = train(onSpark(job, output), output, stopAfter(3), true);
    String resumed = train(new ThreadCarrier(job), output, () -> false, true);

    assertThat(sixRounds).isNotEqualTo(straight);
    assertThat(resumed).isEqualTo(straight);
  }

  private static Carrier onSpark(TrainingJob job, Storage output) {
    return new SparkCarrier(spark, job, output.folder("states"));
  }

  /** SHA-256 of the parameters in the end. */
  private static String train(
      Carrier carrier, Storage output, BooleanSupplier stop, boolean resume) {
    try (carrier) {
      var trainer = new DistributedTrainer(carrier, output, TrainingListener.NONE, stop);
      return (resume ? trainer.resume() : trainer.train()).parametersSha256();
    }
  }

  private static BooleanSupplier stopAfter(int rounds) {
    var trained = new AtomicInteger();
    return () -> trained.incrementAndGet() == rounds;
  }
}
