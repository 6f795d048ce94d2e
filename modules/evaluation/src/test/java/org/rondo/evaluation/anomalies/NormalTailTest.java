package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTailTest {
  /** Expected: math.erfc of Python 3, which is the C library's. */
  @ParameterizedTest
  @CsvSource({
    "-8.0, 0.9999999999999993",
    "-3.0, 0.9986501019683699",
    "-1.96, 0.9750021048517795",
    "-0.5, 0.6914624612740131",
    "0.0, 0.5",
    "1e-09, 0.49999999960105773",
    "0.1, 0.460172162722971",
    "1.0, 0.15865525393145707",
    "1.5, 0.06680720126885809",
    "2.8, 0.002555130330427937",
    "2.83, 0.0023274002067315545",
    "2.9, 0.0018658133003840384",
    "4.0, 3.1671241833119965e-05",
    "6.0, 9.865876450377012e-10",
    "8.3, 5.2055697448902866e-17",
    "20.0, 2.7536241186063314e-89",
    "37.0, 5.725571222525139e-300"
  })
  void agreesWithTheErrorFunctionOfC(double z, double expected) {
    assertThat(NormalTail.q(z)).isCloseTo(expected, within(2e-13 * expected));
  }

  @Test
  void infinitiesAreCertain() {
    assertThat(NormalTail.q(Double.POSITIVE_INFINITY)).isZero();
    assertThat(NormalTail.q(Double.NEGATIVE_INFINITY)).isEqualTo(1);
  }
}
