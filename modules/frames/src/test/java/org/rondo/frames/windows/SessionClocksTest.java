package org.rondo.frames.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionClocksTest {
  @ParameterizedTest
  @CsvSource({"Europe/Berlin, true", "America/New_York, true", "UTC, false", "Asia/Tokyo, false"})
  void clocksOfSomeZonesChange(String zone, boolean expected) {
    assertThat(SessionClocks.change(ZoneId.of(zone))).isEqualTo(expected);
  }
}
