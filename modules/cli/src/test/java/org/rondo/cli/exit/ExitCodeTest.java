package org.rondo.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;
import org.rondo.runs.SettingsException;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;

final class ExitCodeTest {
  @Test
  void whoeverWrapsAnErrorTheReasonDecides() {
    var bad = new IngestException("empty corpus");

    assertThat(ExitCode.of(new RuntimeException("job aborted", bad))).isEqualTo(ExitCode.DATA);
    assertThat(ExitCode.of(new SettingsException("configuration", bad))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new CheckpointException("truncated"))).isEqualTo(ExitCode.DATA);
    assertThat(ExitCode.of(new TrainingException("loss is NaN"))).isEqualTo(ExitCode.FAILED);
    assertThat(ExitCode.of(new TrainingException("round 3", new IllegalArgumentException("x"))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(ExitCode.of(new IllegalArgumentException("other shards"))).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void scriptsRelyOnTheNumbers() {
    assertThat(ExitCode.values()).extracting(ExitCode::number).containsExactly(0, 2, 3, 4, 130);
  }

  @Test
  void whatMemoryRanOutComesWithItsCure() {
    assertThat(OutOfMemory.sentence(new OutOfMemoryError("Java heap space")))
        .startsWith("out of memory (Java heap space); the heap of this process ends at ")
        .contains("-Xmx4g");
    assertThat(OutOfMemory.sentence(new OutOfMemoryError("unable to create native thread: x")))
        .contains("ulimit -u");
    assertThat(OutOfMemory.sentence(new OutOfMemoryError("Cannot reserve direct buffer memory")))
        .contains("-XX:MaxDirectMemorySize");
  }
}
