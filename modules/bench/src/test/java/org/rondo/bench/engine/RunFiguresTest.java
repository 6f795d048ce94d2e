package org.rondo.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.bench.Figure;

final class RunFiguresTest {
  private static final List<String> EVENTS =
      List.of(
          "{\"event\":\"started\",\"time\":\"1970-01-01T00:00:00Z\",\"parameters\":1000,\"shards\":2}",
          finished(1, "1", 9.0),
          measured(1, 5.0),
          finished(2, "2", 0.5),
          measured(2, 0.25),
          finished(3, "3", 0.75),
          measured(3, 0.5));

  private static String finished(int round, String second, double seconds) {
    return "{\"event\":\"round_finished\",\"time\":\"1970-01-01T00:00:0%sZ\",\"round\":%d,\"tokens\":70,\"seconds\":%s}"
        .formatted(second, round, seconds);
  }

  private static String measured(int round, double compute) {
    return "{\"event\":\"round_measured\",\"time\":\"1970-01-01T00:00:04Z\",\"round\":%d,\"times\":{\"broadcast\":0.125,\"compute\":%s,\"reduce\":0,\"outer\":0}}"
        .formatted(round, compute);
  }

  @Test
  void roundsAfterTheWarmUpCount() throws IOException {
    Figure figure = Figure.of("round");

    new RunFigures(EVENTS, 1).addTo(figure);

    assertThat(figure.line())
        .isEqualTo(
            "round\tparameters=1000\tshards=2\tround_tokens=70\tseconds=0.5000,0.7500"
                + "\tbroadcast=0.1250\tcompute=0.3750\treduce=0.0000\touter=0.0000");
  }

  @Test
  void bytesBelongToTheRoundInWhichTheyPassed() throws IOException {
    Figure figure = Figure.of("round");
    List<String> traffic =
        List.of(
            "received\ttime=900\tbytes=5000", // of round 1, which does not count
            "received\ttime=1500\tbytes=100",
            "received\ttime=2000\tbytes=10",
            "received\ttime=2001\tbytes=130",
            "broadcast\ttime=1200\tbytes=40",
            "broadcast\ttime=2200\tbytes=60",
            "received\ttime=3001\tbytes=7000", // after the last round
            "heap\ttime=9000\tbytes=123");

    new RunFigures(EVENTS, 1).addTraffic(figure, traffic);

    assertThat(figure.line())
        .isEqualTo("round\treceived_bytes=120\tbroadcast_bytes=50\theap_bytes=123");
  }

  @Test
  void aRunWithoutRoundsAfterTheWarmUpIsRefused() {
    assertThatThrownBy(() -> new RunFigures(EVENTS, 3).addTo(Figure.of("round")))
        .hasMessageContaining("3 rounds, the first 3 of which do not count");
  }
}
