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
  void whatIsNotOfARunStaysWhereItIs() throws IOException {
    Path mine = output.resolve("checkpoints/mine.pt");
    Path whole = output.resolve("checkpoints/round-000002/manifest.json");
    Files.createDirectories(whole.getParent());
    Files.writeString(whole, "{}");
    Files.writeString(mine, "of another program");

    assertThat(folder.moveEarlierRunAside()).isPresent();

    assertThat(mine).hasContent("of another program");
    assertThat(output.resolve("earlier-1/checkpoints/round-000002/manifest.json")).exists();
    assertThat(folder.moveEarlierRunAside()).as("no run is left").isEmpty();
  }

  @Test
  void whatAKilledRunLeftHalfWrittenGoesAndNothingElse() throws IOException {
    Path half = output.resolve(".report.html.01234567-89ab-cdef-0123-456789abcdef.tmp");
    Files.writeString(half, "<html>");
    Path mine = Files.writeString(output.resolve(".report.html.tmp"), "mine");

    folder.deleteHalfWritten();

    assertThat(half).doesNotExist();
    assertThat(mine).exists();
  }

  @Test
  void writingReplacesTheWholeFile() throws IOException {
    folder.write("report.html", out -> out.write("a long first text".getBytes(UTF_8)));
    folder.write("report.html", out -> out.write("second".getBytes(UTF_8)));

    assertThat(output.resolve("report.html")).hasContent("second");
    assertThat(output.toFile().list()).containsExactly("report.html");
  }
}
