package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;

class CheckpointTest extends TrainedRound {
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

  @Test
  void archiveIsNoCheckpoint() throws IOException {
    Path zip = Files.write(folder.resolve("checkpoint.zip"), new byte[] {'P', 'K', 3, 4});

    assertThatThrownBy(() -> open(zip))
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith(
            "checkpoint.zip is a file; a checkpoint is a folder, archives are not unpacked");
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
