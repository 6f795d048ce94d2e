package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;
import org.rondo.training.TrainingException;

final class ExitCodeTest {
  @Test
  void whoeverWrapsAnErrorTheReasonDecides() {
    var bad = new IngestException("empty corpus");

    assertThat(ExitCode.of(new RuntimeException("job aborted", bad))).isEqualTo(ExitCode.DATA);
    assertThat(ExitCode.of(new SettingsException("configuration", bad))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new TrainingException("loss is NaN"))).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void scriptsRelyOnTheNumbers() {
    assertThat(ExitCode.values()).extracting(ExitCode::number).containsExactly(0, 2, 3, 4, 130);
  }
}
