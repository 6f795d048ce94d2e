package org.rondo.driver.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.DistributedTrainer;
import org.rondo.driver.OwningProcess;
import org.rondo.driver.TinyRun;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingException;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.storage.Retries;
import org.rondo.training.storage.Storage;

class OutputOwnerTest {
  private static final String NAME = OwnerFile.NAME;

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  private Path output() {
    return folder.resolve("output");
  }

  private Storage storage() {
    return OwningProcess.storage(output());
  }

  private OutputOwner take() {
    return OutputOwner.take(storage(), said::add);
  }

  private OutputOwner take(Retries.Pause pause) {
    return OutputOwner.take(storage(), OwnerMark.fresh(), said::add, pause);
  }

  private static OwnerMark elsewhere() {
    var process = new ProcessIdentity("far", "another boot", 7, "1", "ann");
    return new OwnerMark("9d1c", process, "2026-01-02T03:04:05Z", "000000000000");
  }

  private void mark(OwnerMark mark) throws IOException {
    Files.createDirectories(output());
    Files.writeString(output().resolve(NAME), mark.toJson());
  }

  @Test
  void secondRunOfTheSameProcessIsRefusedAndToldWhoOwns() {
    try (OutputOwner first = take()) {
      assertThatThrownBy(this::take)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("belongs to a run that is still going on: process ")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()))
          .hasMessageContaining("since 20");
      first.requireHeld();
    }
    assertThat(said).isEmpty();
  }

  @Test
  void ownerLeavesNothingBehind() {
    take().close();
    assertThat(output()).doesNotExist();

    take().close();
    assertThat(output()).doesNotExist();
  }

  @Test
  void processThatIsKilledOwnsNothingAnyMore() throws Exception {
    Process process = OwningProcess.start(output());
    try {
      assertThatThrownBy(this::take)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("process " + process.pid() + " of user ");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(output().resolve(NAME)).exists();

    take().close();

    assertThat(said).as("nothing had to be watched").isEmpty();
  }

  @Test
  void markOfAnotherMachineThatMovesIsOfALivingOwner() throws IOException {
    mark(elsewhere());
    var seconds = new AtomicInteger();
    Retries.Pause moving =
        pause -> {
          if (seconds.addAndGet((int) pause) == 4) {
            writeMark(elsewhere().at(1));
          }
        };

    assertThatThrownBy(() -> take(moving))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("process 7 of user ann on far, since 2026-01-02T03:04:05Z");
    assertThat(seconds).hasValue(4);
    assertThat(said).singleElement().asString().contains("watching for 20 s");
    assertThat(output().resolve(NAME)).content().contains("000000000001");
  }

  @Test
  void markOfAnotherMachineThatStandsStillIsTakenOver() throws IOException {
    mark(elsewhere());
    var seconds = new AtomicInteger();

    try (OutputOwner owner = take(pause -> seconds.addAndGet((int) pause))) {
      owner.requireHeld();
    }

    assertThat(seconds).hasValue(OutputOwner.WATCH + 2);
    assertThat(output().resolve(NAME)).doesNotExist();
  }

  @Test
  void markThatIsCutIsWatchedAsWell() throws IOException {
    Files.createDirectories(output());
    Files.writeString(output().resolve(NAME), "{\"id\":");

    take(pause -> {}).close();

    assertThat(said).singleElement().asString().contains("an unknown process");
  }

  @Test
  void runThatWasTakenOverStops() throws IOException {
    try (OutputOwner owner = take()) {
      mark(elsewhere());

      assertThatThrownBy(owner::requireHeld)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("no longer this run's: it belongs to process 7 of user ann on far");
      assertThatThrownBy(owner::requireNotLost).isInstanceOf(TrainingException.class);
    }
    assertThat(output().resolve(NAME)).as("the mark is another's").exists();
  }

  @Test
  void markThatSomeoneDeletedIsWrittenAgain() throws IOException {
    try (OutputOwner owner = take()) {
      Files.delete(output().resolve(NAME));
      owner.requireHeld();
      assertThat(output().resolve(NAME)).exists();
    }
  }

  @Test
  void ofManyThatTakeADeadOwnersOutputAtOnceOneSucceeds() throws Exception {
    mark(new OwnerMark("dead", dead(), "2026-01-02T03:04:05Z", "000000000000"));
    int crowd = 6;
    var pool = Executors.newFixedThreadPool(crowd);
    var start = new CountDownLatch(1);
    var results = new ArrayList<Future<OutputOwner>>();
    for (int i = 0; i < crowd; i++) {
      results.add(
          pool.submit(
              () -> {
                start.await();
                return OutputOwner.take(storage(), text -> {});
              }));
    }
    start.countDown();
    var owners = new ArrayList<OutputOwner>();
    for (Future<OutputOwner> result : results) {
      try {
        owners.add(result.get());
      } catch (java.util.concurrent.ExecutionException refused) {
        assertThat(refused).hasCauseInstanceOf(IllegalArgumentException.class);
      }
    }
    pool.shutdown();

    assertThat(owners).hasSize(1);
    owners.get(0).requireHeld();
    owners.get(0).close();
  }

  /** This process, had it begun at another time. */
  private static ProcessIdentity dead() {
    ProcessIdentity own = ProcessIdentity.own();
    return new ProcessIdentity(own.host(), own.machine(), own.pid(), "-1", own.user());
  }

  @Test
  void scratchOfTheDeadIsDeletedAndNothingElse() throws IOException {
    Path old = output().resolve(".rondo-scratch-01234567-89ab-cdef-0123-456789abcdef");
    Path state = old.resolve("round-000002/state/shard-00000.3.bin");
    Files.createDirectories(state.getParent());
    Files.writeString(state, "x");
    Path strange = output().resolve(".rondo-scratch-11234567-89ab-cdef-0123-456789abcdef");
    Files.createDirectories(strange);
    Files.writeString(strange.resolve("precious.txt"), "x");
    Path users = Files.createDirectories(output().resolve("scratch"));

    take().close();

    assertThat(old).doesNotExist();
    assertThat(strange.resolve("precious.txt")).exists();
    assertThat(users).exists();
  }

  @Test
  void fileInThePlaceOfTheOutputOrAboveItIsARefusedConfiguration() throws IOException {
    Files.createFile(output());

    for (Storage inTheWay : List.of(storage(), storage().folder("below"))) {
      assertThatThrownBy(() -> OutputOwner.take(inTheWay, message -> {}))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the output ")
          .hasMessageContaining("cannot be a folder: a file lies there")
          .hasMessageNotContaining("Exception");
    }
  }

  @Test
  void folderInThePlaceOfTheMarkIsNamed() throws IOException {
    Files.createDirectories(output().resolve(OwnerFile.NAME));

    assertThatThrownBy(this::take)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(OwnerFile.NAME + " is a folder; a run writes a file of that name");
  }

  @Test
  void secondTrainerIsRefusedWhileTheFirstGoesOn() {
    var run = new TinyRun(folder);
    String quiet = run.onThreads(TinyRun.plan(2), "quiet").parametersSha256();
    var refusals = new ArrayList<Throwable>();
    try (Carrier carrier = new ThreadCarrier(run.job(TinyRun.plan(2)))) {
      var first =
          new DistributedTrainer(
              carrier,
              run.output("shared"),
              event -> {
                if (event instanceof TrainingEvent.CheckpointWritten && refusals.isEmpty()) {
                  refusals.add(refusalOf(run, false));
                  refusals.add(refusalOf(run, true));
                }
              },
              () -> false);
      assertThat(first.train().parametersSha256()).isEqualTo(quiet);
    }

    assertThat(refusals)
        .hasSize(2)
        .allSatisfy(
            refusal ->
                assertThat(refusal).hasMessageContaining("belongs to a run that is still going"));
  }

  private static Throwable refusalOf(TinyRun run, boolean resumed) {
    try (Carrier carrier = new ThreadCarrier(run.job(TinyRun.plan(2)))) {
      var second = new DistributedTrainer(carrier, run.output("shared"), event -> {}, () -> false);
      return org.assertj.core.api.Assertions.catchThrowable(
          () -> {
            if (resumed) {
              second.resume();
            } else {
              second.train();
            }
          });
    }
  }

  private void writeMark(OwnerMark mark) {
    try {
      mark(mark);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
