package org.rondo.frames.windows;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;

class RollingSumsTest {
  @Test
  void withoutAnyWindowTheRefusalsAreTold() {
    var sums = new RollingSums();
    assertThatThrownBy(() -> sums.scores(List.of()))
        .isInstanceOf(IngestException.class)
        .hasMessage("data: there is no series whose forecasts could be measured");

    var refused = new RollingSums();
    refused.rejections().add("f.csv, row 1: series a that begins there has 3 steps, fewer than 6");
    sums.merge(refused);
    assertThatThrownBy(() -> sums.scores(List.of()))
        .hasMessage(
            "data: not one window can be used: f.csv, row 1: series a that begins there has 3 steps, fewer than 6");
  }
}
