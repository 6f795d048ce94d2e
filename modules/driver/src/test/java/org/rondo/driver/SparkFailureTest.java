package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.ingest.IngestException;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;

/** What is thrown decides whom the user blames: the data, the configuration or the run. */
class SparkFailureTest {
  static Stream<RuntimeException> rondosOwn() {
    return Stream.of(
        new IngestException("a damaged block"),
        new CheckpointException("a truncated state"),
        new TrainingException("a loss that is no number"));
  }

  @ParameterizedTest
  @MethodSource("rondosOwn")
  void rondosOwnFailureComesThroughAsItIs(RuntimeException thrownByTask) {
    assertThat(explained(thrownByTask)).isSameAs(thrownByTask);
  }

  @Test
  void illegalArgumentOfAnybodyElseIsAFailedRunNotABadConfiguration() {
    var sparks = new IllegalArgumentException("too large a frame");

    assertThat(explained(sparks))
        .isInstanceOf(TrainingException.class)
        .hasMessage("round 3 failed on Spark: the job was aborted")
        .hasRootCause(sparks);
  }

  @Test
  void anInterruptedThreadCancelsItsJobsAndStaysInterrupted() throws InterruptedException {
    var ended = new CountDownLatch(1);
    try (JavaSparkContext spark = EmbeddedSpark.start("local[1]");
        var jobs = new SparkJobs(spark, SparkLimits.of(spark.getConf()))) {
      Thread thread = Thread.currentThread();
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskStart(SparkListenerTaskStart started) {
                  thread.interrupt();
                }

                @Override
                public void onJobEnd(SparkListenerJobEnd job) {
                  ended.countDown();
                }
              });

      assertThatThrownBy(() -> jobs.run("round 3", () -> sleeping(spark).count()))
          .isInstanceOf(TrainingException.class)
          .hasMessage("round 3: interrupted while its jobs were running");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended.await(30, TimeUnit.SECONDS)).as("long before the task's end").isTrue();
    }
  }

  private static JavaRDD<Integer> sleeping(JavaSparkContext spark) {
    return spark
        .parallelize(List.of(1))
        .map(
            i -> {
              Thread.sleep(60_000);
              return i;
            });
  }

  private static RuntimeException explained(Throwable cause) {
    return SparkJobs.explain("round 3", new SparkException("the job was aborted", cause));
  }
}
