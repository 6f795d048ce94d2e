package org.rondo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void oneThingIsListedInTheSingular() {
    assertThat(Counts.listed(new TreeMap<>(Map.of("cut rows", 1L, "series", 1L, "steps", 2_000L))))
        .isEqualTo(", 1 cut row, 1 series, 2,000 steps");
    assertThat(Counts.listed(new TreeMap<>(Map.of("windows of series", 1L))))
        .isEqualTo(", 1 window of series");
  }
}
