package org.rondo.frames.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyTest {
  private static long[] times(String texts) {
    return Stream.of(texts.split(",", -1))
        .mapToLong(text -> TimeValue.of(text).orElseThrow().value())
        .toArray();
  }

  private static TimeKind kind(String texts) {
    return TimeValue.of(texts.split(",", -1)[0]).orElseThrow().kind();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2016-07-01 00:00:00,2016-07-01 01:00:00,2016-07-01 03:00:00|3600s|2016-07-01 04:00:00",
        "2024-02-27,2024-02-28,2024-03-02|86400s|2024-03-03",
        "2024-01-15,2024-02-15,2024-04-15|1mo|2024-05-15",
        "2023-12-31,2024-01-31,2024-02-29|1mo|2024-03-31",
        "2024-03-31,2024-06-30,2024-12-31|3mo|2025-03-31",
        "2019-02-28,2020-02-29,2021-02-28|12mo|2022-02-28",
        "2024-07-01,2024-08-01,2024-09-01|1mo|2024-10-01",
        "2021-01-01,2022-01-01,2023-01-01|12mo|2024-01-01",
        "2023-07-01 06:00,2023-10-01 06:00,2024-01-01 06:00|3mo|2024-04-01 06:00:00",
        "2024-01-01,2024-01-29,2024-02-26|2419200s|2024-03-25",
        "-3,0,9|3|12",
        "2016-07-01T00:00:00.250Z,2016-07-01T00:00:00.750Z|0.500s|2016-07-01 00:00:01.250",
      })
  void isWhatTimesShow(String texts, String expected, String next) {
    long[] times = times(texts);
    TimeKind kind = kind(texts);

    Frequency found = Frequency.shown(times, kind).orElseThrow();

    assertThat(found.text(kind)).isEqualTo(expected);
    long later = found.plus(times[times.length - 1], 1);
    assertThat(new TimeValue(later, kind).text()).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "0,2,5",
        "2024-01-01,2024-01-03,2024-01-06",
        "2024-01-30,2024-02-29,2024-03-31",
      })
  void timesThatAreNoWholeStepsApartShowNone(String texts) {
    assertThat(Frequency.shown(times(texts), kind(texts))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "15min, 2024-01-01 00:15:00",
    "h, 2024-01-01 01:00:00",
    "2 d, 2024-01-03 00:00:00",
    "w, 2024-01-08 00:00:00",
    "1mo, 2024-02-01 00:00:00",
    "1y, 2025-01-01 00:00:00",
    "90s, 2024-01-01 00:01:30",
    "1q, 2024-04-01 00:00:00",
    "H, 2024-01-01 01:00:00",
    "15T, 2024-01-01 00:15:00",
    "W-SUN, 2024-01-08 00:00:00",
    "MS, 2024-02-01 00:00:00",
    "2QS-JAN, 2024-07-01 00:00:00",
    "A, 2025-01-01 00:00:00",
    "2 hours, 2024-01-01 02:00:00",
  })
  void wordsAreFrequencies(String word, String next) {
    long time = TimeValue.of("2024-01-01 00:00").orElseThrow().value();
    assertThat(
            new TimeValue(Frequency.named(word, TimeKind.STAMP).plus(time, 1), TimeKind.STAMP)
                .text())
        .isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "0", "0h", "00h", "often", "1.5h", "-1d", "H-SUN", "3x", "12345678901"})
  void otherWordsAreRefused(String word) {
    assertThatThrownBy(() -> Frequency.check(word))
        .hasMessageStartingWith("forecasting.frequency = " + word + ": must be auto, rows,");
  }

  @Test
  void businessDaysAreRows() {
    assertThatThrownBy(() -> Frequency.check("B"))
        .hasMessage(
            "forecasting.frequency = B: business days are no equal steps; rows takes every row as a step");
  }

  @Test
  void aUnitGoesWithTheCalendarAlone() {
    assertThatThrownBy(() -> Frequency.named("1h", TimeKind.NUMBER))
        .hasMessageContaining("must be a whole number without unit");
    assertThatThrownBy(() -> Frequency.named("1", TimeKind.DATE))
        .hasMessageContaining("must have a unit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2024-13-01",
        "2024-02-30",
        "1.5",
        "",
        "12:00",
        "2024-01-01 25:00",
        "2024-01-01 00:00+25",
        "+999999999-01-01T00:00",
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(TimeValue.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"T00:30:00+01:00", " 00:30:00+01", "T00:30:00+0100", "T00:30+01:00"})
  void offsetsBecomeUtc(String text) {
    assertThat(TimeValue.of("2024-01-01" + text).orElseThrow().text())
        .isEqualTo("2023-12-31 23:30:00");
  }

  @Test
  void datesMayHaveSlashes() {
    assertThat(TimeValue.of("2024/01/31").orElseThrow().text()).isEqualTo("2024-01-31");
  }
}
