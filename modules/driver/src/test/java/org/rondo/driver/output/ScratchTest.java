package org.rondo.driver.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.DistributedTrainer;
import org.rondo.driver.EmbeddedSpark;
import org.rondo.driver.SparkCarrier;
import org.rondo.driver.TinyRun;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/** Storage that does not delete the states between checkpoints, every second round. */
class ScratchTest {
  private static final Configuration HADOOP = FaultyFileSystem.register(new Configuration());
  private static final TrainingPlan PLAN =
      TinyRun.plan(2).with(p -> p.checkpoint(new CheckpointPlan(3, 2, 3)));

  @TempDir static Path folder;
  private static TinyRun run;
  private static String quiet;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    quiet = run.onThreads(PLAN, "quiet").parametersSha256();
    spark = EmbeddedSpark.start("local[2]");
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
  void statesThatCannotBeDeletedCostARunNothing() {
    FaultyFileSystem.failDeletes("sticky/states");

    assertThat(train("sticky", TrainingListener.NONE)).isEqualTo(quiet);
    assertThat(FaultyFileSystem.failedDeletes()).as("the fault struck").isPositive();
    assertThat(folder.resolve("sticky/states")).isNotEmptyDirectory();
  }

  @Test
  void whatCouldNotBeDeletedIsDeletedLater() {
    Path first = folder.resolve("later/states/round-000002");
    FaultyFileSystem.failDeletes("later/states/round-000002");
    TrainingListener looking =
        event -> {
          if (event instanceof TrainingEvent.CheckpointWritten c && !c.best()) {
            if (c.round() == 3) {
              assertThat(first).isDirectory();
              FaultyFileSystem.heal();
            } else {
              assertThat(first).doesNotExist();
            }
          }
        };

    assertThat(train("later", looking)).isEqualTo(quiet);
    assertThat(folder.resolve("later/states")).doesNotExist();
  }

  private static String train(String name, TrainingListener listener) {
    var path = new org.apache.hadoop.fs.Path("faulty:" + folder.resolve(name));
    Storage output = Storage.of(path, HADOOP);
    var everySecondRound = new SparkLimits(0, 2, Long.MAX_VALUE, Duration.ofMinutes(5));
    try (Carrier carrier =
        new SparkCarrier(spark, run.job(PLAN), output.folder("states"), everySecondRound)) {
      return new DistributedTrainer(carrier, output, listener, () -> false)
          .train()
          .parametersSha256();
    }
  }
}
