package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Jobs that end at a row that is refused. */
final class Refusals {
  private Refusals() {}

  /** That a job ends long before its task was tried as often as the session allows. */
  static void assertEndsAtOnce(ThrowingCallable job, String sentence) {
    assertThatThrownBy(job)
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("cancelled because ")
        .hasMessageContaining(sentence + "; handleInvalid = skip or keep goes on without it");
  }
}
