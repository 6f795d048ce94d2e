package org.rondo.driver.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.rondo.ingest.StorageReason;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.Retries;
import org.rondo.training.storage.Storage;
import org.rondo.training.timing.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a run's output, of one run at a time: in all processes and on all machines
 * that reach the folder. The owner's mark lies in the folder and is removed by {@link #close}.
 *
 * <p>An owner that was killed leaves its mark. On the same machine the process tells: it is gone,
 * or its number is another one's. From elsewhere the mark is watched for {@value #WATCH} seconds:
 * an owner that lives counts on every {@value #BEAT} seconds, whatever the clocks of the machines
 * say. Where a file cannot be created in one step, as on S3, and where a dead owner's mark is
 * replaced, the new owner looks after a pause whether it is still the one.
 */
public final class OutputOwner implements AutoCloseable {
  static final int BEAT = 5;
  static final int WATCH = 20;

  private static final Logger LOG = LoggerFactory.getLogger(OutputOwner.class);

  /** Longer than anyone takes between looking at a mark and writing it. */
  private static final int SETTLE = 2;

  private static final int TRIES = 3;
  private static final String SCRATCH = ".rondo-scratch-";
  private static final Pattern SCRATCH_FOLDER =
      Pattern.compile(Pattern.quote(SCRATCH) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private final Storage output;
  private final OwnerFile file;
  private final OwnerMark mark;
  private final boolean madeFolder;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(OutputOwner::daemon);
  private ScheduledFuture<?> beating;
  private long beats;
  private volatile long verified = WallClock.now();
  private volatile String lost;

  private OutputOwner(Storage output, OwnerFile file, OwnerMark mark, boolean madeFolder) {
    this.output = output;
    this.file = file;
    this.mark = mark;
    this.madeFolder = madeFolder;
  }

  /**
   * Makes this run the owner of an output, which need not exist.
   *
   * @param messages is told when a mark has to be watched
   * @throws IllegalArgumentException if a living run owns it, naming that; if it is no folder, and
   *     cannot become one
   * @throws UncheckedIOException if the output cannot be written
   */
  public static OutputOwner take(Storage output, Consumer<String> messages) {
    return take(output, OwnerMark.fresh(), messages, Retries.Pause.SLEEP);
  }

  static OutputOwner take(
      Storage output, OwnerMark mark, Consumer<String> messages, Retries.Pause pause) {
    HELD.add(mark.id());
    try {
      var file = new OwnerFile(output);
      var owner = new OutputOwner(output, file, mark, file.makeFolder());
      owner.enter(messages, pause);
      owner.deleteScratchOfTheDead();
      owner.beating = owner.timer.scheduleWithFixedDelay(owner::beat, BEAT, BEAT, TimeUnit.SECONDS);
      return owner;
    } catch (IOException | UnsupportedOperationException e) {
      HELD.remove(mark.id());
      throw unwritable(output, e);
    } catch (InterruptedException e) {
      HELD.remove(mark.id());
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted while the owner of the output was watched", e);
    } catch (RuntimeException e) {
      HELD.remove(mark.id());
      throw e;
    }
  }

  private static UncheckedIOException unwritable(Storage output, Exception e) {
    String message =
        String.format(
            Locale.ROOT, "the output %s cannot be written: %s", output.uri(), StorageReason.of(e));
    return new UncheckedIOException(message, e instanceof IOException io ? io : new IOException(e));
  }

  private void enter(Consumer<String> messages, Retries.Pause pause)
      throws IOException, InterruptedException {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (file.create(mark.toJson())) {
        if (file.createsAtomically() || holdsAfter(pause)) {
          return;
        }
      }
      Optional<String> there = file.read();
      if (there.isPresent()) {
        requireDead(there.get(), messages, pause);
        file.replace(mark.toJson());
        if (holdsAfter(pause)) {
          return;
        }
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "the output %s is being taken by several runs at once; start one of them",
            output.uri()));
  }

  private boolean holdsAfter(Retries.Pause pause) throws IOException, InterruptedException {
    pause.seconds(SETTLE);
    return file.read().flatMap(OwnerMark::parse).filter(this::isOwn).isPresent();
  }

  private boolean isOwn(OwnerMark other) {
    return other.id().equals(mark.id());
  }

  private void requireDead(String text, Consumer<String> messages, Retries.Pause pause)
      throws IOException, InterruptedException {
    Optional<OwnerMark> owner = OwnerMark.parse(text);
    boolean lives =
        switch (owner.map(o -> o.process().life()).orElse(ProcessIdentity.Life.UNKNOWN)) {
          case ALIVE -> true;
          case DEAD -> false;
          case SELF ->
              HELD.contains(owner.orElseThrow().id()) || moves(text, owner, messages, pause);
          case UNKNOWN -> moves(text, owner, messages, pause);
        };
    if (lives) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the output %s belongs to a run that is still going on: %s; wait for its end, stop it, or choose another output",
              output.uri(),
              file.read()
                  .flatMap(OwnerMark::parse)
                  .or(() -> owner)
                  .map(OwnerMark::toString)
                  .orElse("another process")));
    }
  }

  /** Watches a mark of which nothing else tells whether its owner lives. */
  private boolean moves(
      String text, Optional<OwnerMark> owner, Consumer<String> messages, Retries.Pause pause)
      throws IOException, InterruptedException {
    messages.accept(
        String.format(
            Locale.ROOT,
            "the output %s has the mark of %s; watching for %d s whether it is alive",
            output.uri(),
            owner.map(OwnerMark::toString).orElse("an unknown process"),
            WATCH));
    for (int second = 0; second < WATCH; second++) {
      pause.seconds(1);
      Optional<String> now = file.read();
      if (now.isEmpty()) {
        return false;
      }
      if (!now.get().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Folder of this run alone, for what it needs only while it runs. It lies in the output, and if
   * the run is killed, the next owner deletes it.
   */
  public Storage scratch() {
    return output.folder(SCRATCH + mark.id());
  }

  /** There is one owner at a time, so all scratch folders here are those of runs that are over. */
  private void deleteScratchOfTheDead() {
    try {
      for (FileStatus status : output.fileSystem().listStatus(output.path())) {
        String name = status.getPath().getName();
        if (status.isDirectory() && SCRATCH_FOLDER.matcher(name).matches()) {
          Scratch.delete(output.folder(name));
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot look for what earlier runs left in {}: {}", output.uri(), e.toString());
    }
  }

  /**
   * Checks before something is written that nobody has taken the output over, as may happen while
   * this process is stopped for long.
   *
   * @throws TrainingException naming the new owner
   */
  public void requireHeld() {
    look();
    requireNotLost();
  }

  /** As {@link #requireHeld}, without reading the mark more often than every few seconds. */
  public void requireNotLost() {
    if (WallClock.now() - verified > TimeUnit.SECONDS.toNanos(2 * BEAT)) {
      look();
    }
    if (lost != null) {
      throw new TrainingException(lost);
    }
  }

  private synchronized void beat() {
    if (look()) {
      try {
        file.replace(mark.at(++beats).toJson());
      } catch (IOException | RuntimeException e) {
        LOG.warn("cannot renew the mark of the owner of {}: {}", output.uri(), e.toString());
      }
    }
  }

  /** Whether the mark is still this run's; storage that does not answer takes nothing away. */
  private synchronized boolean look() {
    try {
      Optional<OwnerMark> there = file.read().flatMap(OwnerMark::parse);
      if (there.isPresent() && !isOwn(there.get())) {
        lost =
            String.format(
                Locale.ROOT,
                "the output %s is no longer this run's: it belongs to %s; this run stops and writes nothing more",
                output.uri(),
                there.get());
        return false;
      }
      verified = WallClock.now();
      return lost == null && (there.isPresent() || restore());
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot look at the mark of the owner of {}: {}", output.uri(), e.toString());
      return false;
    }
  }

  /** The mark is gone, whoever deleted it; where the folder is gone as well, so is the run. */
  private boolean restore() throws IOException {
    return output.fileSystem().exists(output.path()) && file.create(mark.at(++beats).toJson());
  }

  /** Gives the output free. */
  @Override
  public void close() {
    beating.cancel(false);
    timer.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      // A beat that is on its way would write the mark again.
      if (!timer.awaitTermination(BEAT, TimeUnit.SECONDS)) {
        LOG.warn("the mark of the owner of {} is still being written", output.uri());
      }
      if (HELD.contains(mark.id())
          && file.read().flatMap(OwnerMark::parse).filter(this::isOwn).isPresent()) {
        file.delete();
      }
      if (madeFolder) {
        file.deleteEmptyFolder();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot remove the mark of the owner of {}: {}", output.uri(), e.toString());
    } finally {
      HELD.remove(mark.id());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "rondo-output-owner");
    thread.setDaemon(true);
    return thread;
  }
}
