package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.Scores;
import org.rondo.models.Network;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Retries;
import org.rondo.training.storage.Storage;

/** Storage that fails while a checkpoint is written; no test waits, pauses are only noted. */
class StorageFailureTest {
  private static final int RETRIES = 5;
  private static final RunState RUN = RunState.initial().trained(3, 100, 1.5);

  @TempDir Path folder;
  private final List<Long> pauses = new ArrayList<>();
  private final List<TrainingEvent> events = new ArrayList<>();
  private TrainingJob job;
  private CheckpointStore store;
  private float[] parameters;
  private Carrier carrier;

  @BeforeEach
  void prepare() {
    TrainingPlan plan = TinyJob.plan(2, "adam");
    job =
        TinyJob.of(
            folder,
            TinyJob.text(),
            plan.with(p -> p.checkpoint(new CheckpointPlan(2, 2, RETRIES))));
    store = new CheckpointStore(TinyJob.storage("faulty", folder.resolve("output")));
    parameters = Network.initialParameters(job.network(), 5);
    carrier = new ThreadCarrier(job);
  }

  @AfterEach
  void close() {
    carrier.close();
    FaultyFileSystem.heal();
  }

  /** A writer that calls storage well after so many pauses. */
  private CheckpointWriter writer(int failures) {
    return new CheckpointWriter(
        store,
        job,
        job.dataset().open(),
        TinyJob.FINGERPRINT,
        events::add,
        seconds -> {
          pauses.add(seconds);
          if (pauses.size() == failures) {
            FaultyFileSystem.heal();
          }
        });
  }

  private CommonState common() {
    return CommonState.initial(job, parameters);
  }

  private long bytes() throws IOException {
    try (var files = Files.walk(folder.resolve("output/checkpoints/round-000001"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Every length of disk up to what a checkpoint takes, in steps that hit every file. */
  @Test
  void storageThatFailsForAWhileCostsOnlyTime() throws IOException {
    writer(0).writeRound(RUN, common(), carrier);
    long needed = bytes();
    for (long free = 0; free < needed; free += needed / 12) {
      pauses.clear();
      FaultyFileSystem.diskHolds(free);

      writer(3).writeRound(RUN, common(), carrier);

      assertThat(pauses).as("free %d", free).containsExactly(2L, 4L, 8L);
      Checkpoint written = store.latest().orElseThrow();
      assertThat(written.parameters()).isEqualTo(parameters);
      assertThat(written.states()).hasSize(2);
      carrier.restoreStates(written.folder(), written.states());
    }
  }

  /** Hadoop's local file system throws an Error, on the driver and in tasks. */
  @Test
  void fullLocalDiskIsTriedAgainLikeAnyStorage() throws IOException {
    writer(0).writeRound(RUN, common(), carrier);
    long needed = bytes();
    for (long free = 0; free < needed; free += needed / 4) {
      pauses.clear();
      FaultyFileSystem.diskHoldsOrError(free);

      writer(2).writeRound(RUN, common(), carrier);

      assertThat(pauses).as("free %d", free).containsExactly(2L, 4L);
    }
    FaultyFileSystem.diskHoldsOrError(0);
    pauses.clear();
    assertThatThrownBy(() -> writer(Integer.MAX_VALUE).writeRound(RUN, common(), carrier))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("No space left on device");
  }

  @Test
  void storageThatStaysAwayEndsTheRunAfterAboutAMinute() {
    FaultyFileSystem.diskHolds(0);

    assertThatThrownBy(() -> writer(Integer.MAX_VALUE).writeBest(RUN, parameters))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of round 1 could not be written to")
        .hasMessageContaining("No space left on device")
        .hasMessageEndingWith("the last good one is none");
    assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 32L);
  }

  @Test
  void everyRetryIsTold() {
    FaultyFileSystem.diskHolds(0);

    writer(2).writeRound(RUN, common(), carrier);

    assertThat(events)
        .allSatisfy(event -> assertThat(event).isInstanceOf(TrainingEvent.StorageFailed.class))
        .extracting(event -> ((TrainingEvent.StorageFailed) event).retry())
        .containsExactly(1, 2);
    var first = (TrainingEvent.StorageFailed) events.get(0);
    assertThat(first.round()).isEqualTo(1);
    assertThat(first.retries()).isEqualTo(RETRIES);
    assertThat(first.pauseSeconds()).isEqualTo(2);
    assertThat(first.message()).contains("No space left on device");
  }

  @Test
  void pausesGrowToAMinute() {
    var retries =
        new Retries(8, pauses::add, (failure, retry, seconds) -> assertThat(retry).isPositive());

    assertThatThrownBy(
            () ->
                retries.run(
                    () -> {
                      throw new IOException("away");
                    }))
        .hasMessage("away");
    assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void whatStorageDidNotCauseIsNotTriedAgain() {
    var broken =
        new StatesOnly(carrier) {
          @Override
          public List<FileEntry> writeStates(Storage target) {
            throw new IllegalStateException("executors are gone");
          }
        };

    assertThatThrownBy(() -> writer(1).writeRound(RUN, common(), broken))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("executors are gone");
    assertThat(pauses).isEmpty();
  }

  /** A carrier may compute from these files as soon as they are written. */
  @Test
  void statesThatAreWrittenAreNotWrittenAgain() {
    var written = new ArrayList<List<FileEntry>>();
    var once =
        new StatesOnly(carrier) {
          @Override
          public List<FileEntry> writeStates(Storage target) {
            written.add(super.writeStates(target));
            FaultyFileSystem.diskHolds(0);
            return written.get(0);
          }
        };

    writer(2).writeRound(RUN, common(), once);

    assertThat(pauses).hasSize(2);
    assertThat(written).hasSize(1);
    Checkpoint checkpoint = store.latest().orElseThrow();
    carrier.restoreStates(checkpoint.folder(), written.get(0));
  }

  /** A carrier that does nothing but write the states of another. */
  private static class StatesOnly implements Carrier {
    private final Carrier states;

    StatesOnly(Carrier states) {
      this.states = states;
    }

    @Override
    public List<FileEntry> writeStates(Storage target) {
      return states.writeStates(target);
    }

    @Override
    public String description() {
      throw new UnsupportedOperationException();
    }

    @Override
    public TrainingJob job() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> fingerprints() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RoundResult run(Round round, float[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Scores evaluate(String split, float[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restoreStates(Storage source, List<FileEntry> files) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
