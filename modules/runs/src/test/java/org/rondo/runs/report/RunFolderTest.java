package org.rondo.runs.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  @TempDir private Path output;
  private RunFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new RunFolder(output.toString(), new Configuration());
  }

  @Test
  void anEmptyFolderHasNoEarlierRun() throws IOException {
    assertThat(folder.moveEarlierRunAside()).isEmpty();
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void earlierRunsAreMovedAsideOneByOneAndTheCorpusStays() throws IOException {
    Files.createDirectories(output.resolve("corpus"));
    for (int run = 1; run <= 2; run++) {
      Files.writeString(output.resolve("events.jsonl"), "run " + run);
      Files.createDirectories(output.resolve("checkpoints/latest"));

      assertThat(folder.moveEarlierRunAside()).hasValue(folder.file("earlier-" + run));
    }

    assertThat(output.resolve("earlier-1/events.jsonl")).hasContent("run 1");
    assertThat(output.resolve("earlier-2/events.jsonl")).hasContent("run 2");
    assertThat(output.resolve("earlier-2/checkpoints/latest")).isDirectory();
    assertThat(output.resolve("corpus")).isDirectory();
    assertThat(output.resolve("events.jsonl")).doesNotExist();
  }

  @Test
  void writingReplacesTheWholeFile() throws IOException {
    folder.write("report.html", out -> out.write("a long first text".getBytes(UTF_8)));
    folder.write("report.html", out -> out.write("second".getBytes(UTF_8)));

    assertThat(output.resolve("report.html")).hasContent("second");
    assertThat(output.toFile().list()).containsExactly("report.html");
  }
}
