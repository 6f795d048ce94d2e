package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.training.TinyJob;
import org.rondo.training.storage.CheckpointException;

/** Checkpoints that are no longer as they were written, or whose storage does not answer. */
class DamagedCheckpointTest extends TrainedRound {
  @Test
  void halfAManifestIsNone() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    truncate(file(1, "manifest.json"), 40);

    assertThat(store().latest()).isEmpty();
  }

  /** What was one, so far as the manifest goes: whole but for a byte. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "\"round\" : null,",
        "\"round\" : -2,",
        "\"round\" : 7,",
        "\"round\" : 2.5,",
        ""
      })
  void damagedManifestIsToldAndTheCheckpointBeforeItIsTaken(String damage) throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    damage(2, damage);

    FoundCheckpoint found = store().newestRound();
    assertThat(found.checkpoint().orElseThrow().round()).isEqualTo(1);
    assertThat(found.warnings())
        .singleElement()
        .asString()
        .contains("round-000002/manifest.json is damaged: ")
        .contains("round-000001 is taken instead");
    var warnings = new ArrayList<String>();
    Checkpoint read =
        Checkpoint.open(
            new org.apache.hadoop.fs.Path("file:" + output), TinyJob.HADOOP, warnings::add);
    assertThat(read.round()).isEqualTo(1);
    assertThat(warnings).singleElement().asString().contains("is taken instead");
  }

  /**
   * Appends a text, or puts it in the place of the round; an empty one cuts the file to nothing.
   */
  private void damage(int round, String damage) throws IOException {
    Path manifest = file(round, "manifest.json");
    String whole = Files.readString(manifest);
    if (damage.isEmpty()) {
      Files.writeString(manifest, "");
    } else if (damage.startsWith("\"")) {
      Files.writeString(manifest, whole.replaceFirst("\"round\" : \\d+,", damage));
    } else {
      Files.writeString(manifest, whole + damage);
    }
  }

  @Test
  void wereAllDamagedNobodyIsToldToStartAnew() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    damage(1, "x");
    damage(2, "x");

    assertThatThrownBy(() -> store().latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("not one is whole: ")
        .hasMessageContaining("round-000002/manifest.json is damaged")
        .hasMessageContaining("round-000001/manifest.json is damaged");
    assertThatThrownBy(() -> open(output))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("not one is whole");
  }

  @Test
  void damagedOnesAreKeptAndMovedOutOfTheWay() throws IOException {
    for (int round = 1; round <= 3; round++) {
      writer().writeRound(run(round, 0), common(), carrier);
      damage(round, round == 2 ? "x" : "\n");
    }
    writer().writeRound(run(4, 0), common(), carrier);
    writer().writeRound(run(5, 0), common(), carrier);
    assertThat(checkpoints()).containsExactlyInAnyOrder("round-2", "round-4", "round-5");

    writer().writeRound(run(2, 0), common(), carrier);

    assertThat(output.resolve("checkpoints/damaged-1-round-000002/manifest.json")).exists();
  }

  @Test
  void newerFormatIsRefusedAsSuch() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    Path manifest = file(1, "manifest.json");
    String newer = "\"version\" : 99, \"kind\" : \"new\",";
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("\"version\" : \\d+,", newer));

    assertThatThrownBy(() -> store().latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("round-000001 is of format version 99, this Rondo reads 3");
    assertThatThrownBy(() -> open(output)).hasMessageContaining("format version 99");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"round\" :', '\"kind\" : 1, \"round\" :'",
    "'\"bytes\" :', '\"kind\" : 1, \"bytes\" :'"
  })
  void whatANewerVersionAddedIsNeverReadAsAbsent(String field, String more) throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    Path manifest = file(2, "manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replaceFirst(field, more));

    assertThatThrownBy(() -> store().latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith(
            "round-000002/manifest.json was written by a newer version of Rondo: this one does not know its field kind");
  }

  @Test
  void whatNumbersMeanIsReadByTheNameOfItsFile() {
    writer().writeRound(run(1, 0), common(), carrier);
    Checkpoint checkpoint = store().latest().orElseThrow();

    corpus
        .dictionaries()
        .forEach((name, text) -> assertThat(checkpoint.text(name)).isEqualTo(text));
    assertThat(corpus.dictionaries()).isNotEmpty();
    assertThatThrownBy(() -> checkpoint.text("features.json"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith("lists no features.json");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"bytes\" : \\d+', '\"bytes\" : -1', 'must be >= 0, got -1'",
    "'\"bytes\" : \\d+,', '', 'bytes'",
    "'\"sha256\" : \"[0-9a-f]+\"', '\"sha256\" : \"0\"', 'must be 64 hexadecimal digits'",
    "'\"name\" : \"run.json\"', '\"name\" : null', 'name is null'",
    "'\"name\" : \"run.json\"', '\"name\" : \"network.json\"', 'lists network.json twice'",
    "'\"fingerprint\" : \"[^\"]*\"', '\"fingerprint\" : null', 'fingerprint is null'",
    "'(?s)\"files\" : .*', '\"files\" : null }', 'files is null'",
    "'(?s)\"files\" : .*', '\"files\" : [null] }', 'files is null, or holds null'"
  })
  void craftedManifestIsRefusedByFileAndField(String from, String to, String named)
      throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    Path manifest = file(1, "manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replaceFirst(from, to));

    assertThatThrownBy(() -> open(file(1, "")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("round-000001/manifest.json is damaged: ")
        .hasMessageContaining(named);
  }

  /** What cannot be read may be whole: going back to an older one would train rounds again. */
  @Test
  void manifestThatCannotBeReadIsAnErrorNotAnAbsence() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    makeUnreadable(file(2, "manifest.json"));

    assertThatThrownBy(() -> store().latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("checkpoint: cannot read faulty:")
        .hasMessageContaining("round-000002/manifest.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters.safetensors",
        "vocabulary.json",
        "run.json",
        "state/shard-00001.0.bin"
      })
  void truncatedFileIsNamed(String name) throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    long bytes = Files.size(file(1, name));
    truncate(file(1, name), bytes - 1);

    assertThatThrownBy(() -> open(file(1, "")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(
            "round-000001/%s is truncated or changed: it holds %d bytes, its manifest says %d"
                .formatted(name, bytes - 1, bytes));
  }

  @Test
  void changedByteIsFound() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    flipLastByte(file(1, "parameters.safetensors"));
    flipLastByte(file(1, "state/shard-00000.0.bin"));
    Checkpoint checkpoint = open(file(1, ""));

    assertThatThrownBy(checkpoint::parameters)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("parameters.safetensors is corrupt: its SHA-256 is");
    assertThatThrownBy(() -> carrier.restoreStates(checkpoint.folder(), checkpoint.states()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("state/shard-00000.0.bin is corrupt: its SHA-256 is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../round-000002/run.json",
        "state/../../x.bin",
        "/etc/passwd",
        "file:/etc/passwd",
        "hdfs://host/x",
        "state\\\\..\\\\x",
        "C:/x",
        "./run.json",
        "state//x",
        ""
      })
  void namesThatLeaveTheFolderAreRefused(String name) throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    Path manifest = file(1, "manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("run.json", name));
    String meant = name.replace("\\\\", "\\");

    assertThatThrownBy(() -> open(file(1, "")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith(
            "round-000001/manifest.json lists \"%s\", which is no name of a file in its folder",
            meant);
    assertThatThrownBy(() -> store().latest()).isInstanceOf(CheckpointException.class);
  }

  private static void truncate(Path file, long bytes) throws IOException {
    try (var f = new RandomAccessFile(file.toFile(), "rw")) {
      f.setLength(bytes);
    }
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length - 1] ^= 1;
    Files.write(file, content);
  }

  /** A length shows when a checkpoint is chosen, a changed byte when it is read. */
  @ParameterizedTest
  @CsvSource({
    "parameters.safetensors, true",
    "parameters.safetensors, false",
    "vocabulary.json, false",
    "network.json, false",
    "run.json, true"
  })
  void damagedFileIsToldAndTheCheckpointBeforeItIsTaken(String name, boolean cut)
      throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    damageFile(file(2, name), cut);

    var warnings = new ArrayList<String>();
    Checkpoint read =
        Checkpoint.open(
            new org.apache.hadoop.fs.Path("file:" + output), TinyJob.HADOOP, warnings::add);
    assertThat(read.round()).isEqualTo(1);
    assertThat(read.parameters()).isEqualTo(parameters);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("round-000002/" + name + (cut ? " is truncated" : " is corrupt"))
        .contains("round-000001 is taken instead");
  }

  @Test
  void missingFileIsDamageOfItsCheckpoint() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    Files.delete(file(2, "state/shard-00001.0.bin"));

    FoundCheckpoint found = store().newestRound();
    assertThat(found.checkpoint().orElseThrow().round()).isEqualTo(1);
    assertThat(found.warnings().get(0)).contains("state/shard-00001.0.bin is missing");
  }

  @Test
  void damagedBestOneIsReplacedByTheNewestOne() throws IOException {
    writer().writeBest(run(2, 2), parameters);
    writer().writeRound(run(3, 2), common(), carrier);
    damageFile(output.resolve("checkpoints/best-round-000002/parameters.safetensors"), true);

    assertThat(open(output).round()).isEqualTo(3);
    assertThat(store().best(2)).isEmpty();
  }

  /** Even where only reading tells: the run that found it goes on from the one before. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void damagedOneIsKeptWhenTheRunGoesOnFromTheOneBefore(boolean cut) throws IOException {
    writer().writeRound(run(3, 0), common(), carrier);
    writer().writeRound(run(4, 0), common(), carrier);
    damageFile(file(4, "parameters.safetensors"), cut);
    CheckpointStore store = store();
    assertThat(store.newestRound(Checkpoint::hold).checkpoint().orElseThrow().round()).isEqualTo(3);
    var writer = new CheckpointWriter(store, job, corpus, TinyJob.FINGERPRINT, event -> {});

    writer.writeRound(run(5, 0), common(), carrier);
    writer.writeRound(run(6, 0), common(), carrier);
    assertThat(checkpoints()).containsExactlyInAnyOrder("round-4", "round-5", "round-6");

    writer.writeRound(run(4, 0), common(), carrier);
    assertThat(output.resolve("checkpoints/damaged-1-round-000004/manifest.json")).exists();
  }

  /** It may be whole: going back to an older one would train rounds again. */
  @Test
  void fileThatStorageDoesNotHandOutIsNoDamage() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    Consumer<Checkpoint> failing =
        checkpoint -> {
          throw new CheckpointException("checkpoint: cannot read", new IOException("no answer"));
        };

    assertThatThrownBy(() -> store().newestRound(failing)).hasMessage("checkpoint: cannot read");
  }

  private static void damageFile(Path file, boolean cut) throws IOException {
    if (cut) {
      truncate(file, Files.size(file) - 1);
    } else {
      flipLastByte(file);
    }
  }
}
