package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.ingest.IngestException;
import org.rondo.training.CheckpointException;
import org.rondo.training.TrainingException;

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

  private static RuntimeException explained(Throwable cause) {
    return SparkJobs.explain("round 3", new SparkException("the job was aborted", cause));
  }
}
