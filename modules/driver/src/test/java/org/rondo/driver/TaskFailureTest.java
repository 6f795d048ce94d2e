package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.corpus.CorpusFolder;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.storage.Storage;

/** Tasks whose disk fails, on a master that tries each task three times. */
class TaskFailureTest {
  private static final Configuration HADOOP = FaultyFileSystem.register(new Configuration());

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

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void repeatedTasksChangeNoBit() {
    TrainingResult quiet = run.onThreads(plan, "quiet");
    FaultyFileSystem.failReads("block-", 2);

    TrainingResult result = train(plan, "repeated", TrainingListener.NONE);

    assertThat(FaultyFileSystem.failingReads()).as("both faults struck").isZero();
    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
  }

  /** More failures than three tries of two tasks can bear without pauses. */
  @Test
  void textThatCannotBeReadForAWhileIsWaitedFor() {
    TrainingPlan patient = plan.with(p -> p.checkpoint(new CheckpointPlan(3, 2, 1)));
    String quiet = run.onThreads(patient, "patient-quiet").parametersSha256();
    FaultyFileSystem.failReads("block-", 5);

    TrainingResult result = train(patient, "patient", TrainingListener.NONE);

    assertThat(FaultyFileSystem.failingReads()).as("all faults struck").isZero();
    assertThat(result.parametersSha256()).isEqualTo(quiet);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void statesThatCannotBeReadForAWhileAreWaitedFor(boolean gone) {
    String name = gone ? "gone" : "away";
    TrainingPlan patient = plan.with(p -> p.checkpoint(new CheckpointPlan(3, 2, 1)));
    String quiet = run.onThreads(patient, name + "-quiet").parametersSha256();
    train(patient.with(p -> p.rounds(3)), name, TrainingListener.NONE);
    if (gone) {
      FaultyFileSystem.hide("/state/shard-", 5);
    } else {
      FaultyFileSystem.failReads("/state/shard-", 5);
    }

    TrainingResult result = on(name, patient, TrainingListener.NONE, DistributedTrainer::resume);

    assertThat(FaultyFileSystem.failingReads()).as("all faults struck").isZero();
    assertThat(result.parametersSha256()).isEqualTo(quiet);
  }

  @Test
  void textThatStaysAwayEndsTheRun() {
    FaultyFileSystem.failReads("block-", Integer.MAX_VALUE);

    assertThatThrownBy(() -> train(plan, "stays-away", TrainingListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the disk does not answer");
  }

  /** Not a matter of waiting: executors that do not see the corpus never will. */
  @Test
  void textThatIsMissingEndsTheRunAtOnce() {
    TrainingPlan patient = plan.with(p -> p.checkpoint(new CheckpointPlan(3, 2, 1000)));
    FaultyFileSystem.hide("block-", Integer.MAX_VALUE);

    assertThatThrownBy(() -> train(patient, "missing", TrainingListener.NONE))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("block-")
        .hasMessageContaining("it is missing");
  }

  @Test
  void fullDiskNamesTheLastGoodCheckpointAndLeavesNothingHalfWritten() {
    assertThatThrownBy(() -> train(plan, "full", fullAfterRound(5)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of round 6 could not be written")
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("round-000003");
    assertThat(folder.resolve("full/checkpoints"))
        .isDirectoryContaining("glob:**/round-000003")
        .isDirectoryNotContaining("glob:**/*round-000006");
    assertThat(folder.resolve("full/states")).doesNotExist();
  }

  @Test
  void diskThatIsFullWhenTheBestParametersAreWrittenKeepsTheOnesBefore() {
    TrainingPlan evaluatedOften =
        plan.with(
            p ->
                p.evaluation(new EvaluationPlan(1, 4, 2, 0))
                    .checkpoint(new CheckpointPlan(0, 1, 0)));

    assertThatThrownBy(() -> train(evaluatedOften, "best", fullAfterRound(2)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of round 2 could not be written")
        .hasMessageContaining("best-round-000002: No space left on device");
    assertThat(folder.resolve("best/checkpoints"))
        .isDirectoryContaining("glob:**/best-round-000001")
        .isDirectoryNotContaining("glob:**/best-round-000002");
  }

  @Test
  void diskThatIsFullWhenTheLineageIsCutEndsTheRunWithoutTheScratchFolder() {
    int cut = lineageRounds();
    TrainingPlan longer = beyondTheCut(0);

    assertThatThrownBy(() -> train(longer, "scratch", fullAfterRound(cut - 1)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot write faulty:")
        .hasMessageContaining("states/round-%06d".formatted(cut))
        .hasMessageContaining("No space left on device");
    assertThat(folder.resolve("scratch/states")).doesNotExist();
  }

  /** The disk takes more again once a job has failed for good. */
  @Test
  void diskThatIsFullForAWhileWhenTheLineageIsCutCostsOnlyTime() {
    int cut = lineageRounds();
    TrainingPlan longer = beyondTheCut(5);
    String quiet = run.onThreads(longer, "cut-quiet").parametersSha256();
    var healing = new HealingListener();
    TrainingListener events =
        event -> {
          assertThat(event).as("no checkpoint").isNotInstanceOf(TrainingEvent.StorageFailed.class);
          fullAfterRound(cut).on(event);
        };
    spark.sc().addSparkListener(healing);
    try {
      TrainingResult result = train(longer, "cut", events);

      assertThat(healing.failedJobs).as("writes that failed").hasPositiveValue();
      assertThat(result.parametersSha256()).isEqualTo(quiet);
    } finally {
      spark.sc().removeSparkListener(healing);
    }
  }

  private static int lineageRounds() {
    return SparkLimits.of(spark.getConf()).lineageRounds();
  }

  /** Two rounds longer than a lineage, which nothing else cuts. */
  private TrainingPlan beyondTheCut(int retries) {
    return plan.with(
        p ->
            p.rounds(lineageRounds() + 2)
                .evaluation(new EvaluationPlan(100, 4, 2, 0))
                .checkpoint(new CheckpointPlan(0, 1, retries)));
  }

  private static final class HealingListener extends SparkListener {
    private final AtomicInteger failedJobs = new AtomicInteger();

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      if (!(job.jobResult() instanceof JobSucceeded$)) {
        failedJobs.incrementAndGet();
        FaultyFileSystem.heal();
      }
    }
  }

  private static TrainingListener fullAfterRound(int round) {
    return event -> {
      if (event instanceof TrainingEvent.RoundFinished r && r.round() == round) {
        FaultyFileSystem.diskHolds(100);
      }
    };
  }

  @Test
  void divergenceComesThroughSparkAsItIs() {
    TrainingPlan wild =
        plan.with(
            p ->
                p.update(
                    new UpdatePlan(
                        ClipPlan.NONE, OptimizerPlan.of("sgd", 1e38), SchedulePlan.constant())));

    assertThatThrownBy(() -> train(wild, "wild", TrainingListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training diverged in round 1, minibatch ");
  }

  private static TrainingResult train(TrainingPlan plan, String name, TrainingListener listener) {
    return on(name, plan, listener, DistributedTrainer::train);
  }

  private static TrainingResult on(
      String name,
      TrainingPlan plan,
      TrainingListener listener,
      Function<DistributedTrainer, TrainingResult> how) {
    TrainingJob healthy = run.job(plan);
    var corpus = new org.apache.hadoop.fs.Path("faulty:" + folder.resolve("corpus"));
    var job = new TrainingJob(healthy.network(), plan, CorpusFolder.of(corpus, HADOOP));
    var path = new org.apache.hadoop.fs.Path("faulty:" + folder.resolve(name));
    Storage output = Storage.of(path, HADOOP);
    try (Carrier carrier = new SparkCarrier(spark, job, output.folder("states"))) {
      return how.apply(new DistributedTrainer(carrier, output, listener, () -> false));
    }
  }
}
