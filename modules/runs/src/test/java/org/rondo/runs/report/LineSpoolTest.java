package org.rondo.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineSpoolTest {
  private static final String EVENT = "{\"event\":\"started\"}";

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void linesComeBackInTheirOrder() throws IOException {
    var spool = new LineSpool(warnings::add);
    spool.add("one");
    spool.add("two");

    assertThat(lines(spool)).containsExactly("one", "two");
    spool.add("three");
    assertThat(lines(spool)).containsExactly("one", "two", "three");
    assertThat(warnings).isEmpty();
  }

  @Test
  void withoutATemporaryFolderLinesWaitInMemory() throws IOException {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", folder.resolve("none").toString());
    try {
      var spool = new LineSpool(warnings::add);
      spool.add("one");
      spool.add("two");

      assertThat(lines(spool)).containsExactly("one", "two");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("the temporary folder " + folder.resolve("none") + " (java.io.tmpdir)");
  }

  @Test
  void fileOfAKilledProcessGoesAndNoOther() throws IOException {
    Path abandoned = Files.writeString(folder.resolve("rondo-events-1.jsonl"), EVENT);
    Path users = Files.writeString(folder.resolve("rondo-events-of-mine.jsonl"), "mine");
    Path living = Files.writeString(folder.resolve("rondo-events-2.jsonl"), EVENT);
    try (FileChannel channel = FileChannel.open(living, StandardOpenOption.WRITE)) {
      assertThat(channel.lock().isValid()).isTrue();

      SpoolFile.deleteAbandoned(folder);
    }

    assertThat(abandoned).doesNotExist();
    assertThat(users).exists();
    assertThat(living).exists();
  }

  private static List<String> lines(LineSpool spool) throws IOException {
    try (BufferedReader lines = spool.read()) {
      return lines.lines().toList();
    }
  }
}
