package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.CorpusFolder;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.OptimizerPlan;
import org.rondo.training.Storage;
import org.rondo.training.TrainingEvent;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingListener;
import org.rondo.training.TrainingPlan;

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
    FaultyFileSystem.failReads(2);

    TrainingResult result = train(plan, "repeated", TrainingListener.NONE);

    assertThat(FaultyFileSystem.failingReads()).as("both faults struck").isZero();
    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
  }

  @Test
  void fullDiskNamesTheLastGoodCheckpoint() {
    var full = new AtomicBoolean();
    TrainingListener fill =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished r && r.round() == 5) {
            FaultyFileSystem.diskHolds(100);
            full.set(true);
          }
        };

    assertThatThrownBy(() -> train(plan, "full", fill))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of round 6 could not be written")
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("round-000003");
    assertThat(full).isTrue();
  }

  @Test
  void divergenceComesThroughSparkAsItIs() {
    TrainingPlan wild = plan.withClipNorm(0).withOptimizer(OptimizerPlan.of("sgd", 1e38));

    assertThatThrownBy(() -> train(wild, "wild", TrainingListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training diverged in round 1, minibatch ");
  }

  private static TrainingResult train(TrainingPlan plan, String name, TrainingListener listener) {
    TrainingJob healthy = run.job(plan);
    var corpus = new org.apache.hadoop.fs.Path("faulty:" + folder.resolve("corpus"));
    var job = new TrainingJob(healthy.network(), plan, CorpusFolder.of(corpus, HADOOP));
    var path = new org.apache.hadoop.fs.Path("faulty:" + folder.resolve(name));
    Storage output = Storage.of(path, HADOOP);
    try (Carrier carrier = new SparkCarrier(spark, job, output.folder("states"))) {
      return new DistributedTrainer(job, carrier, output, listener, () -> false).train();
    }
  }
}
