package org.rondo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionsTest {
  private static final Set<String> LISTED = Set.of("manifest.json", "state/shard-00000.bin");

  @TempDir private Path parent;
  private Path folder;
  private FileSystem fs;

  @BeforeEach
  void writeListedFiles() throws IOException {
    fs = FileSystem.getLocal(Texts.HADOOP);
    folder = parent.resolve("round-000001");
    Texts.write(folder.resolve("manifest.json"), "{}");
    Texts.write(folder.resolve("state/shard-00000.bin"), "x");
    Texts.write(folder.resolve("state/.shard-00000.bin.crc"), "x");
  }

  @Test
  void aFolderOfListedFilesAndTheirChecksumsIsDeleted() throws IOException {
    Deletions.folder(fs, Texts.hadoop(folder), LISTED::contains);
    assertThat(folder).doesNotExist();
    Deletions.folder(fs, Texts.hadoop(folder), LISTED::contains);
  }

  @Test
  void nothingIsDeletedWhereAnythingElseLies() throws IOException {
    assertKept(Texts.write(folder.resolve("state/precious.txt"), "x"), "state/precious.txt");
    assertKept(Texts.write(folder.resolve(".manifest.txt.crc"), "x"), ".manifest.txt.crc");
    assertKept(Texts.write(folder.resolve(".crc"), "x"), ".crc");
    assertKept(Files.createDirectory(folder.resolve("empty")), "empty/");
    Path elsewhere = Texts.write(parent.resolve("elsewhere/a.txt"), "x").getParent();
    assertKept(Files.createSymbolicLink(folder.resolve("link"), elsewhere), "link/a.txt");
    assertThat(elsewhere.resolve("a.txt")).exists();
  }

  @Test
  void aFileIsNoFolder() {
    Path file = Texts.write(parent.resolve("corpus"), "my text");
    assertThatThrownBy(() -> Deletions.folder(fs, Texts.hadoop(file), name -> true))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("corpus holds a file in the place of the folder");
    assertThat(file).exists();
  }

  @Test
  void anAttemptIsDeletedByItsOwnIdOnly() throws IOException {
    UUID id = UUID.randomUUID();
    Path attempt = Texts.write(parent.resolve("_corpus." + id + "/train/any"), "x").getParent();
    assertThatThrownBy(
            () -> Deletions.attempt(fs, Texts.hadoop(attempt.getParent()), UUID.randomUUID()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not contain");
    assertThatThrownBy(() -> Deletions.attempt(fs, Texts.hadoop(attempt), id))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(attempt.resolve("any")).exists();
    Deletions.attempt(fs, Texts.hadoop(attempt.getParent()), id);
    assertThat(attempt.getParent()).doesNotExist();
  }

  private void assertKept(Path stranger, String name) throws IOException {
    assertThatThrownBy(() -> Deletions.folder(fs, Texts.hadoop(folder), LISTED::contains))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("round-000001 holds " + name + ", which is not Rondo's");
    assertThat(folder.resolve("manifest.json")).exists();
    Files.delete(stranger);
  }
}
