package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
import org.rondo.training.Storage;
import org.rondo.training.SyncPlan;
import org.rondo.training.Synchronizer;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingListener;

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

  static List<SyncPlan> everySynchronizer() {
    return Synchronizer.names().stream().map(name -> SyncPlan.of(name, SHARDS)).toList();
  }

  @ParameterizedTest
  @MethodSource("everySynchronizer")
  void sparkGivesTheBitsOfThreadsAndSoDoesARunThatWasStoppedOnEither(SyncPlan sync) {
    TrainingJob job = run.job(TinyRun.plan(SHARDS).withSync(sync));
    String straight = train(onThreads(job), output(sync, "straight"), () -> false, false);
    Storage output = output(sync, "stopped");

    String stopped = train(onSpark(job, output), output, stopAfter(4), false);
    String resumed = train(onThreads(job), output, () -> false, true);

    assertThat(stopped).isNotEqualTo(straight);
    assertThat(resumed).isEqualTo(straight);
    Storage other = output(sync, "spark");
    train(onThreads(job), other, stopAfter(3), false);
    assertThat(train(onSpark(job, other), other, () -> false, true)).isEqualTo(straight);
  }

  private static Carrier onThreads(TrainingJob job) {
    return new ThreadCarrier(job);
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

  private static Storage output(SyncPlan sync, String name) {
    return run.output("%08x-%s".formatted(sync.hashCode(), name));
  }

  private static BooleanSupplier stopAfter(int rounds) {
    var trained = new AtomicInteger();
    return () -> trained.incrementAndGet() == rounds;
  }
}
