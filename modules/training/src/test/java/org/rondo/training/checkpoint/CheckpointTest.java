package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.models.Network;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.storage.CheckpointException;

class CheckpointTest {
  @TempDir Path folder;
  private TrainingJob job;
  private Corpus corpus;
  private Path output;
  private float[] parameters;
  private Carrier carrier;

  @BeforeEach
  void trainARound() {
    job = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(2, "adam"));
    corpus = TinyJob.corpus(job);
    output = folder.resolve("output");
    parameters = Network.initialParameters(job.network(), 5);
    carrier = new ThreadCarrier(job);
    parameters = carrier.run(TinyJob.round(job, 1), parameters).mean();
  }

  @AfterEach
  void close() {
    carrier.close();
    FaultyFileSystem.heal();
  }

  private CheckpointStore store() {
    return new CheckpointStore(TinyJob.storage("faulty", output));
  }

  private CheckpointWriter writer() {
    return new CheckpointWriter(store(), job, corpus, TinyJob.FINGERPRINT, event -> {});
  }

  private CommonState common() {
    return CommonState.initial(job, parameters);
  }

  /** The state of a run after so many rounds, the best of which was that one. */
  private static RunState run(int round, int best) {
    return new RunState(
        round,
        3L * round,
        0,
        100L * round,
        1.5,
        0.25,
        best == 0 ? Double.POSITIVE_INFINITY : 2.5,
        best,
        1,
        1,
        List.of(new Resharding(1, 4, 2)));
  }

  private Path file(int round, String name) {
    return output.resolve("checkpoints/round-%06d/%s".formatted(round, name));
  }

  private static Checkpoint open(Path path) {
    return Checkpoint.open(new org.apache.hadoop.fs.Path("file:" + path), TinyJob.HADOOP);
  }

  @Test
  void whatIsWrittenIsRead() {
    writer().writeRound(run(3, 2), common(), carrier);

    Checkpoint read = open(file(3, ""));
    assertThat(read.round()).isEqualTo(3);
    assertThat(read.network()).isEqualTo(job.network());
    assertThat(read.parameters()).isEqualTo(parameters);
    assertThat(read.vocabulary().sha256()).isEqualTo(corpus.vocabulary().sha256());
    assertThat(read.fingerprint()).isEqualTo(TinyJob.FINGERPRINT);
    assertThat(read.run().plan()).isEqualTo(job.plan());
    assertThat(read.run().state()).isEqualTo(run(3, 2));
    assertThat(read.states()).hasSize(2);
  }

  @Test
  void parametersThatAreNoNumbersAreNotHandedOut() {
    parameters[parameters.length - 1] = Float.NaN;
    writer().writeRound(run(3, 2), common(), carrier);
    Checkpoint read = open(file(3, ""));

    assertThatThrownBy(read::parameters)
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith("parameters.safetensors: the parameter head.bias holds NaN");
  }

  @Test
  void statesComeBackBitForBit() {
    writer().writeRound(run(1, 0), common(), carrier);
    Checkpoint checkpoint = open(file(1, ""));
    float[] straight = carrier.run(TinyJob.round(job, 2), parameters).mean();

    try (Carrier resumed = new ThreadCarrier(job)) {
      resumed.restoreStates(checkpoint.folder(), checkpoint.states());
      assertThat(resumed.run(TinyJob.round(job, 2), parameters).mean()).isEqualTo(straight);
    }
    try (Carrier fresh = new ThreadCarrier(job)) {
      assertThat(fresh.run(TinyJob.round(job, 2), parameters).mean())
          .as("states matter")
          .isNotEqualTo(straight);
    }
  }

  @Test
  void outputFolderOpensItsBestAndBeforeThatItsNewest() {
    writer().writeRound(run(1, 0), common(), carrier);
    assertThat(open(output).round()).isEqualTo(1);

    writer().writeBest(run(2, 2), parameters);
    writer().writeRound(run(3, 2), common(), carrier);
    assertThat(open(output).round()).isEqualTo(2);
    assertThat(open(output).states()).isEmpty();
    assertThat(store().latest().orElseThrow().round()).isEqualTo(3);
  }

  @Test
  void newestIsTheGreatestNumberNotTheLastName() {
    writer().writeRound(run(999_999, 0), common(), carrier);
    writer().writeRound(run(1_000_000, 0), common(), carrier);

    assertThat(store().latest().orElseThrow().round()).isEqualTo(1_000_000);
  }

  @Test
  void oldAndSurpassedOnesAreDeleted() {
    CheckpointWriter writer = writer();
    for (int round = 1; round <= 4; round++) {
      writer.writeBest(run(round, round), parameters);
      writer.writeRound(run(round, round), common(), carrier);
    }

    assertThat(output.resolve("checkpoints"))
        .isDirectoryContaining("glob:**/round-000003")
        .isDirectoryContaining("glob:**/round-000004")
        .isDirectoryContaining("glob:**/best-round-000004")
        .isDirectoryNotContaining("glob:**/round-000002")
        .isDirectoryContaining("glob:**/best-round-000003")
        .isDirectoryNotContaining("glob:**/best-round-000002");
  }

  @Test
  void bestOnesThatAResumedRunCountsOnStay() {
    writer().writeBest(run(2, 2), parameters);
    writer().writeRound(run(3, 2), common(), carrier);
    writer().writeBest(run(4, 4), parameters);
    writer().writeBest(run(5, 5), parameters);

    assertThat(checkpoints()).containsExactlyInAnyOrder("best-round-2", "round-3", "best-round-5");

    writer().writeRound(run(6, 5), common(), carrier);
    assertThat(checkpoints()).as("two are kept").contains("best-round-2", "best-round-5");

    writer().writeRound(run(9, 5), common(), carrier);
    assertThat(checkpoints()).containsExactlyInAnyOrder("best-round-5", "round-6", "round-9");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void bestOfARoundThatWasAbandonedGoesWithTheNextCheckpoint(int next) {
    writer().writeBest(run(2, 2), parameters);
    writer().writeRound(run(3, 2), common(), carrier);
    writer().writeBest(run(5, 5), parameters);
    // The driver dies, and the run goes on after round 3.
    assertThat(store().best(2)).isPresent();

    writer().writeRound(run(next, 2), common(), carrier);

    assertThat(checkpoints()).containsExactlyInAnyOrder("best-round-2", "round-3", "round-" + next);
    assertThat(store().best(5)).isEmpty();
  }

  @Test
  void unfinishedOnesGoWhenEnoughNewerOnesAreComplete() throws IOException {
    Files.createDirectories(file(2, "state"));
    Files.createDirectories(file(7, "state"));
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(3, 0), common(), carrier);
    assertThat(checkpoints()).contains("round-2");

    writer().writeRound(run(4, 0), common(), carrier);

    assertThat(checkpoints()).containsExactlyInAnyOrder("round-3", "round-4", "round-7");
  }

  /** Without the zeros that fill their numbers. */
  private List<String> checkpoints() {
    String[] names = output.resolve("checkpoints").toFile().list();
    return Stream.of(names).map(name -> name.replaceAll("-0+", "-")).toList();
  }

  @Test
  void folderWithoutAManifestDoesNotExist() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    writer().writeRound(run(2, 0), common(), carrier);
    Files.delete(file(2, "manifest.json"));

    assertThat(store().latest().orElseThrow().round()).isEqualTo(1);
    assertThatThrownBy(() -> open(file(2, "")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is neither a complete checkpoint nor a run's output folder");
  }

  @Test
  void halfAManifestIsNone() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    truncate(file(1, "manifest.json"), 40);

    assertThat(store().latest()).isEmpty();
  }

  /** What was one, so far as the manifest goes: whole but for a byte, or of a later Rondo. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "\"round\" : 2, \"more\" : 1,",
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

  @Test
  void filesOfTheUserAmongTheCheckpointsAreKept() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    Path own = Files.writeString(file(1, "precious.txt"), "mine");
    Path beside = output.resolve("checkpoints/notes.txt");
    Files.writeString(beside, "mine");
    for (int round = 2; round <= 4; round++) {
      writer().writeRound(run(round, 0), common(), carrier);
    }

    assertThat(own).hasContent("mine");
    assertThat(beside).hasContent("mine");
    assertThat(file(1, "parameters.safetensors")).doesNotExist();
    assertThat(store().latest().orElseThrow().round()).isEqualTo(4);
  }

  /** A run that goes on deletes and writes; a reader only ever sees whole ones. */
  @Test
  void readersBesideARunAlwaysFindAWholeOne() throws Exception {
    CheckpointWriter writer = writer();
    writer.writeBest(run(1, 1), parameters);
    writer.writeRound(run(1, 1), common(), carrier);
    var done = new AtomicBoolean();
    var reading =
        CompletableFuture.supplyAsync(
            () -> {
              int reads = 0;
              while (!done.get()) {
                Checkpoint read = open(output);
                assertThat(read.vocabulary().sha256()).isNotEmpty();
                assertThat(read.parameters()).hasSize(parameters.length);
                reads++;
              }
              return reads;
            });
    for (int round = 2; round <= 30; round++) {
      writer.writeBest(run(round, round), parameters);
      writer.writeRound(run(round, round), common(), carrier);
    }
    done.set(true);

    assertThat(reading.get(20, TimeUnit.SECONDS)).isPositive();
  }

  @Test
  void whatWasOpenedIsReadAfterItIsGone() {
    writer().writeBest(run(1, 1), parameters);
    Checkpoint read = open(output);
    store().delete(store().bestFolder(1));

    assertThat(read.network()).isEqualTo(job.network());
    assertThat(read.parameters()).isEqualTo(parameters);
    assertThat(read.vocabulary().sha256()).isEqualTo(corpus.vocabulary().sha256());
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

  @Test
  void failedWriteIsToldAndClearedAwayEvenIfTheLastGoodOneCannotBeRead() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    makeUnreadable(file(1, "manifest.json"));
    FaultyFileSystem.diskHolds(100);

    assertThatThrownBy(() -> writer().writeRound(run(2, 0), common(), carrier))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of round 2 could not be written to")
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("the last good one is unknown (checkpoint: cannot read");
    assertThat(file(2, "")).doesNotExist();
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

  @Test
  void filesThatAreNotListedAreNotPartOfIt() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    Files.writeString(file(1, "state/shard-00001.9.bin"), "of an attempt that lost");

    assertThat(open(file(1, "")).states()).hasSize(2);
  }

  /** Every length of disk up to what a checkpoint takes, in steps that hit every file. */
  @Test
  void fullDiskLeavesTheLastGoodCheckpointAlone() throws IOException {
    writer().writeRound(run(1, 0), common(), carrier);
    long needed = size(file(1, ""));
    for (long free = 0; free < needed; free += needed / 12) {
      FaultyFileSystem.diskHolds(free);

      assertThatThrownBy(() -> writer().writeRound(run(2, 0), common(), carrier))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("checkpoint of round 2 could not be written to")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("the last good one is faulty:")
          .hasMessageContaining("round-000001");
      assertThat(file(2, "")).doesNotExist();
      assertThat(open(file(1, "")).parameters()).isEqualTo(parameters);
    }
    FaultyFileSystem.heal();
    writer().writeRound(run(2, 0), common(), carrier);
    assertThat(store().latest().orElseThrow().round()).isEqualTo(2);
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

  @Test
  void archiveIsNoCheckpoint() throws IOException {
    Path zip = Files.write(folder.resolve("checkpoint.zip"), new byte[] {'P', 'K', 3, 4});

    assertThatThrownBy(() -> open(zip))
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith(
            "checkpoint.zip is a file; a checkpoint is a folder, archives are not unpacked");
  }

  private static void truncate(Path file, long bytes) throws IOException {
    try (var f = new RandomAccessFile(file.toFile(), "rw")) {
      f.setLength(bytes);
    }
  }

  /** A directory is there, but no stream opens on it, whoever asks. */
  private static void makeUnreadable(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length - 1] ^= 1;
    Files.write(file, content);
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
