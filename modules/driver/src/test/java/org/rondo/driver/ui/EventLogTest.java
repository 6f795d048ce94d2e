package org.rondo.driver.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.util.JsonProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.evaluation.Score;
import org.rondo.training.ShardTiming;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.timing.RoundTimes;

final class EventLogTest {
  private static final List<TrainingEvent> TRAINING =
      List.of(
          new TrainingEvent.Started(
              1, 9, 2, 77, "Spark", "java", 5, List.of("mind the gap"), List.of("half is padding")),
          new TrainingEvent.RoundFinished(3, 9, 2.5, 1000, 0.5, 2000, 0.01, 1.25, 0.1),
          new TrainingEvent.RoundMeasured(
              3,
              new RoundTimes(0.1, 0.2, 0.3, 0.4),
              List.of(new ShardTiming(0, "driver", 0.2, 500, 2.5, Double.NaN))),
          new TrainingEvent.GradientsMeasured(3, List.of(List.of(0.5, 0.25))),
          evaluated(3, 2.25, 9.48),
          new TrainingEvent.CheckpointWritten(3, "/a/b", false),
          new TrainingEvent.StorageFailed(3, "disk full", 1, 5, 2),
          new TrainingEvent.Finished(9, TrainingEvent.End.STOPPED_EARLY));

  static List<SparkListenerEvent> events() {
    var setup =
        new ExecutorSetup(
            "1",
            "host",
            new MemorySetup(1 << 30, 1 << 29, "maxBytes = 0", "384 MB"),
            new ComputeSetup(4, "1", "onednn, vector, float32"));
    var events = new java.util.ArrayList<SparkListenerEvent>();
    TRAINING.forEach(event -> events.add(new TrainingUpdate(1_700_000_000_000L, event)));
    events.add(new RunConfigured(Map.of("shards", "2")));
    events.add(new RunFailed("out of luck"));
    events.add(new ExecutorReported(setup));
    return events;
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatIsWrittenToTheEventLogIsReadBack(SparkListenerEvent event) {
    String line = JsonProtocol.sparkEventToJsonString(event);

    assertThat(line).startsWith("{\"Event\":\"org.rondo.driver.ui.");
    assertThat(JsonProtocol.sparkEventFromJson(line)).isEqualTo(event);
  }

  @Test
  void startsOfEarlierVersionsHaveNoRemarks() {
    String line = JsonProtocol.sparkEventToJsonString(new TrainingUpdate(7, TRAINING.get(0)));
    String earlier = line.replace(",\"remarks\":[\"half is padding\"]", "");
    assertThat(earlier).isNotEqualTo(line);
    assertThat(JsonProtocol.sparkEventFromJson(earlier))
        .isInstanceOfSatisfying(
            TrainingUpdate.class,
            update -> assertThat(((TrainingEvent.Started) update.event()).remarks()).isEmpty());
  }

  /** A record of an earlier version, with a perplexity where there are scores now. */
  @Test
  void evaluationsOfEarlierVersionsAreRead() {
    String line =
        JsonProtocol.sparkEventToJsonString(new TrainingUpdate(7, evaluated(3, 2.25, 9.48)));
    String scores = line.substring(line.indexOf("\"scores\""), line.indexOf("\"best\""));

    assertThat(JsonProtocol.sparkEventFromJson(line.replace(scores, "\"perplexity\":9.48,")))
        .isEqualTo(new TrainingUpdate(7, evaluated(3, 2.25, 9.48)));
  }

  private static TrainingEvent.Evaluated evaluated(int round, double loss, double perplexity) {
    return new TrainingEvent.Evaluated(
        round,
        loss,
        List.of(new Score("loss", loss, false), new Score("perplexity", perplexity, false)),
        Map.of(),
        true);
  }
}
