package org.rondo.sparkml.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionAdviceTest {
  @Test
  void missingFlagsAreToldOnceWithTheirCure() {
    String warning =
        "kernels.elementwise = vector: does not run here: the JVM was started without --add-modules=jdk.incubator.vector; a slower one runs, and rondo doctor says the cure";
    assertThat(SessionAdvice.worded(warning))
        .endsWith(
            "; a slower one runs, until the session is started with it in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions");
    assertThat(SessionAdvice.untold(List.of(warning, "told"))).hasSize(2);
    assertThat(SessionAdvice.untold(List.of(warning, "told"))).isEmpty();
  }
}
