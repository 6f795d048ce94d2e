package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void medianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
    assertThat(new Rates(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
    assertThat(new Rates(List.of(9.0, 1.0, 4.0, 6.0)).median()).isEqualTo(5);
  }

  @Test
  void tasksSideBySideAddUpWindowByWindow() {
    assertThat(new Rates(List.of(1.0, 2.0)).plus(new Rates(List.of(10.0, 30.0))).windows())
        .containsExactly(11.0, 32.0);
  }

  @Test
  void whatIsPrintedIsRead() {
    var rates = new Rates(List.of(1500.0, 900.0));

    assertThat(rates).hasToString("1500,900");
    assertThat(Rates.parse("1500,900")).isEqualTo(rates);
    assertThat(rates.and(Rates.parse("7")).windows()).containsExactly(1500.0, 900.0, 7.0);
    assertThat(rates.least()).isEqualTo(900);
    assertThat(rates.most()).isEqualTo(1500);
  }

  @Test
  void thereIsAtLeastOneWindow() {
    assertThatThrownBy(() -> new Rates(List.of())).hasMessageContaining("no windows");
  }
}
