package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.Resharding;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.SyncPlan;

class ResumeTest {
  @TempDir static Path folder;
  private static TinyRun run;
  private static JavaSparkContext spark;
  private static TrainingResult straight;
  private final TrainingPlan plan = TinyRun.plan(2);

  @BeforeAll
  static void trainStraightThrough() {
    run = new TinyRun(folder);
    spark = EmbeddedSpark.start("local[2]");
    straight = run.onThreads(TinyRun.plan(2), "straight");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Round 5 neither evaluates nor checkpoints by plan; round 4 evaluates, round 6 does both. */
  @ParameterizedTest(name = "{0} until round {2}, then {1}")
  @CsvSource({
    "threads, threads, 5",
    "threads, threads, 4",
    "spark, spark, 5",
    "threads, spark, 6",
    "spark, threads, 3"
  })
  void stoppedAndResumedEqualsStraightThrough(String first, String then, int rounds) {
    Storage output = run.output("%s-%s-%d".formatted(first, then, rounds));
    TrainingJob job = run.job(plan);
    TrainingResult interrupted;
    try (Carrier carrier = carrier(first, job, output)) {
      interrupted = trainer(carrier, output, stopAfter(rounds)).train();
    }
    assertThat(interrupted.interrupted()).isTrue();
    assertThat(interrupted.rounds()).isEqualTo(rounds);
    assertThat(interrupted.parametersSha256()).isNotEqualTo(straight.parametersSha256());

    TrainingResult resumed;
    try (Carrier carrier = carrier(then, job, output)) {
      resumed = trainer(carrier, output, () -> false).resume();
    }
    assertThat(resumed.interrupted()).isFalse();
    assertThat(resumed.parametersSha256()).isEqualTo(straight.parametersSha256());
    assertThat(resumed.validationLoss()).isEqualTo(straight.validationLoss());
    assertThat(resumed.tokens()).isEqualTo(straight.tokens());
    assertThat(resumed.rounds()).isEqualTo(straight.rounds());
  }

  /** Masks, drawn steps and the mean over rounds are functions of plan, shard and round. */
  @Test
  void anAwdLstmThatIsResumedOnSparkEqualsStraightThrough() {
    TrainingJob job = run.awdJob();
    TrainingResult expected;
    try (Carrier carrier = new ThreadCarrier(job)) {
      expected = trainer(carrier, run.output("awd-straight"), () -> false).train();
    }
    Storage output = run.output("awd");
    try (Carrier carrier = carrier("threads", job, output)) {
      trainer(carrier, output, stopAfter(5)).train();
    }
    RunState stopped = new CheckpointStore(output).latest().orElseThrow().run().state();
    assertThat(stopped.averagedRounds()).isPositive();

    TrainingResult resumed;
    try (Carrier carrier = carrier("spark", job, output)) {
      resumed = trainer(carrier, output, () -> false).resume();
    }
    assertThat(resumed.parametersSha256()).isEqualTo(expected.parametersSha256());
    assertThat(resumed.validationLoss()).isEqualTo(expected.validationLoss());
    assertThat(resumed.tokens()).isEqualTo(expected.tokens());
  }

  /** A driver that dies between checkpoints: rounds 4 and 5 are trained twice. */
  @Test
  void deadDriverGoesOnFromTheLastCheckpoint() {
    Storage output = run.output("dead");
    TrainingJob job = run.job(plan);
    var rounds = new AtomicInteger();
    BooleanSupplier dying =
        () -> {
          if (rounds.incrementAndGet() == 5) {
            throw new IllegalStateException("the driver dies");
          }
          return false;
        };
    try (Carrier carrier = carrier("spark", job, output)) {
      DistributedTrainer trainer = trainer(carrier, output, dying);
      assertThatThrownBy(trainer::train).hasMessage("the driver dies");
    }

    try (Carrier carrier = carrier("spark", job, output)) {
      TrainingResult resumed = trainer(carrier, output, () -> false).resume();
      assertThat(resumed.parametersSha256()).isEqualTo(straight.parametersSha256());
      assertThat(resumed.validationLoss()).isEqualTo(straight.validationLoss());
    }
  }

  /** Better parameters of a round that the run does not find again, and half a checkpoint. */
  @Test
  void whatADeadDriverLeftBehindIsGoneAtTheEnd() throws IOException {
    Storage output = run.output("left");
    TrainingJob job = run.job(plan);
    try (Carrier carrier = carrier("threads", job, output)) {
      trainer(carrier, output, stopAfter(3)).train();
    }
    Path checkpoints = folder.resolve("left/checkpoints");
    Path better = copy(checkpoints.resolve("best-round-000002"), "best-round-000005");
    Path half = Files.createDirectories(checkpoints.resolve("round-000005/state"));
    Files.write(half.resolve("shard-00000.0.bin"), new byte[9]);

    try (Carrier carrier = carrier("threads", job, output)) {
      TrainingResult resumed = trainer(carrier, output, () -> false).resume();
      assertThat(resumed.parametersSha256()).isEqualTo(straight.parametersSha256());
      assertThat(resumed.bestCheckpoint())
          .hasValueSatisfying(best -> assertThat(better).doesNotExist());
    }
    assertThat(half.getParent()).doesNotExist();
  }

  @Test
  void explodedRunGoesOnFromTheLastGoodCheckpointAtAnotherRate() {
    Storage output = run.output("exploded");
    TrainingJob job = run.job(plan);
    TrainingResult good;
    try (Carrier carrier = carrier("threads", job, output)) {
      good = trainer(carrier, output, stopAfter(3)).train();
    }
    TrainingJob reckless = run.job(withRate(1e38));
    try (Carrier carrier = carrier("threads", reckless, output)) {
      DistributedTrainer trainer = trainer(carrier, output, () -> false);
      assertThatThrownBy(trainer::resume)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("training diverged in round 4, ")
          .hasMessageContaining("learning rate ");
    }

    TrainingJob calm = run.job(withRate(0.01));
    try (Carrier carrier = carrier("spark", calm, output)) {
      TrainingResult resumed = trainer(carrier, output, () -> false).resume();
      assertThat(resumed.rounds()).isEqualTo(straight.rounds());
      assertThat(resumed.validationLoss()).isLessThan(good.validationLoss());
    }
  }

  private TrainingPlan withRate(double rate) {
    return plan.with(p -> p.optimizer(OptimizerPlan.of("adam", rate)));
  }

  @Test
  void otherShardsGoOnWhenAskedToAndTheCheckpointTells() {
    String onThreads = resharded("threads", run.output("resharded-threads"));
    Storage output = run.output("resharded-spark");

    assertThat(resharded("spark", output)).isEqualTo(onThreads);
    RunState state = new CheckpointStore(output).latest().orElseThrow().run().state();
    assertThat(state.reshardings()).containsExactly(new Resharding(4, 2, 3));
    assertThat(state.round()).isEqualTo(straight.rounds());
  }

  /** Four rounds with two shards, the rest with three; SHA-256 of the parameters. */
  private String resharded(String carrier, Storage output) {
    TrainingJob two = run.job(plan);
    TrainingJob three = run.job(TinyRun.plan(3));
    try (Carrier first = carrier(carrier, two, output)) {
      trainer(first, output, stopAfter(4)).train();
    }
    try (Carrier refused = carrier(carrier, three, output)) {
      DistributedTrainer trainer = trainer(refused, output, () -> false);
      assertThatThrownBy(trainer::resume)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--reshard goes on with 3 shards");
    }
    try (Carrier then = carrier(carrier, three, output)) {
      trainer(then, output, stopAfter(2)).resumeResharded();
    }
    try (Carrier last = carrier(carrier, three, output)) {
      return trainer(last, output, () -> false).resume().parametersSha256();
    }
  }

  @Test
  void finishedRunIsResumedToItsEnd() {
    TrainingJob job = run.job(plan);
    try (Carrier carrier = new ThreadCarrier(job)) {
      TrainingResult again = trainer(carrier, run.output("straight"), () -> false).resume();
      assertThat(again.parametersSha256()).isEqualTo(straight.parametersSha256());
      assertThat(again.validationLoss()).isEqualTo(straight.validationLoss());
    }
  }

  /** Round 6 is the newest of the checkpoints that are kept, round 3 the one before it. */
  @ParameterizedTest(name = "{0}, {1}, cut: {2}")
  @CsvSource({
    "threads, state/shard-00001, false",
    "spark, state/shard-00001, false",
    "spark, state/shard-00000, true",
    "threads, parameters.safetensors, false",
    "threads, outer.safetensors, false"
  })
  void damagedFileIsToldAndTheRunGoesOnFromTheCheckpointBefore(
      String carrier, String damaged, boolean cut) throws IOException {
    String name = "damaged-%s-%s-%s".formatted(carrier, damaged.replaceAll("\\W", ""), cut);
    Storage output = run.output(name);
    TrainingPlan withOuter = plan.with(p -> p.sync(SyncPlan.of("block-momentum", 2)));
    TrainingJob job = run.job(withOuter);
    TrainingResult whole;
    try (Carrier threads = new ThreadCarrier(job)) {
      whole = trainer(threads, run.output(name + "-whole"), () -> false).train();
    }
    try (Carrier first = new ThreadCarrier(job)) {
      trainer(first, output, stopAfter(5)).train();
    }
    Path checkpoint = folder.resolve(name + "/checkpoints/round-000005");
    Path file = damage(checkpoint, damaged, cut);

    var warnings = new ArrayList<String>();
    TrainingListener listener =
        event -> {
          if (event instanceof TrainingEvent.Started started) {
            warnings.addAll(started.warnings());
          }
        };
    try (Carrier then = carrier(carrier, job, output)) {
      TrainingResult resumed = new DistributedTrainer(then, output, listener, () -> false).resume();
      assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
      assertThat(resumed.validationLoss()).isEqualTo(whole.validationLoss());
    }
    assertThat(warnings)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("round-000005/" + damaged)
                    .contains("round-000003 is taken instead"));
    assertThat(file).exists();
  }

  private static Path damage(Path checkpoint, String prefix, boolean cut) throws IOException {
    try (Stream<Path> files = Files.walk(checkpoint)) {
      Path file =
          files
              .filter(f -> checkpoint.relativize(f).toString().startsWith(prefix))
              .findFirst()
              .orElseThrow();
      byte[] content = Files.readAllBytes(file);
      content[content.length - 1] ^= 1;
      Files.write(file, cut ? Arrays.copyOf(content, content.length - 1) : content);
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      return file;
    }
  }

  @Test
  void refusedResumeDeletesNothing() throws IOException {
    Storage output = run.output("refused");
    TrainingJob job = run.job(plan);
    try (Carrier carrier = new ThreadCarrier(job)) {
      trainer(carrier, output, stopAfter(3)).train();
    }
    Path checkpoints = folder.resolve("refused/checkpoints");
    // As a run leaves it that dies after it found better parameters in round 4.
    Path later = copy(checkpoints.resolve("best-round-000002"), "best-round-000004");
    Files.write(checkpoints.resolve("round-000003/state/shard-00000.0.bin"), new byte[0]);

    try (Carrier carrier = new ThreadCarrier(job)) {
      DistributedTrainer trainer = trainer(carrier, output, () -> false);
      assertThatThrownBy(trainer::resume).isInstanceOf(CheckpointException.class);
    }
    assertThat(later.resolve("manifest.json")).exists();
  }

  @Test
  void otherNumberOfShardsIsABadPlanNotBadData() {
    TrainingJob other = run.job(TinyRun.plan(3));
    try (Carrier carrier = carrier("spark", other, run.output("straight"))) {
      DistributedTrainer trainer = trainer(carrier, run.output("straight"), () -> false);
      assertThatThrownBy(trainer::resume)
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("resume: shards is 3");
    }
  }

  private static Path copy(Path checkpoint, String name) throws IOException {
    Path target = Files.createDirectory(checkpoint.resolveSibling(name));
    try (var files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }

  @Test
  void withoutACheckpointThereIsNothingToResume() {
    TrainingJob job = run.job(plan);
    try (Carrier carrier = new ThreadCarrier(job)) {
      DistributedTrainer trainer = trainer(carrier, run.output("nothing"), () -> false);
      assertThatThrownBy(trainer::resume)
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("resume: there is no checkpoint yet in ");
    }
  }

  @Test
  void outputOfAnEarlierRunIsNotOverwritten() {
    TrainingJob job = run.job(plan);
    try (Carrier carrier = new ThreadCarrier(job)) {
      DistributedTrainer trainer = trainer(carrier, run.output("straight"), () -> false);
      assertThatThrownBy(trainer::train)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is the checkpoint of an earlier run");
    }
  }

  private static BooleanSupplier stopAfter(int rounds) {
    var trained = new AtomicInteger();
    return () -> trained.incrementAndGet() == rounds;
  }

  private static Carrier carrier(String name, TrainingJob job, Storage output) {
    return name.equals("spark")
        ? new SparkCarrier(spark, job, output.folder("states"))
        : new ThreadCarrier(job);
  }

  private static DistributedTrainer trainer(Carrier carrier, Storage output, BooleanSupplier stop) {
    return new DistributedTrainer(carrier, output, TrainingListener.NONE, stop);
  }
}
