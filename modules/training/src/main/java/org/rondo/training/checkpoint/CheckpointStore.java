package org.rondo.training.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.StorageReason;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.DamagedFileException;
import org.rondo.training.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run, below {@code checkpoints/} in its output folder: {@code
 * round-000050/} to resume from and {@code best-round-000040/} with the best parameters.
 */
public final class CheckpointStore {
  private static final String ROUND = "round-";
  private static final String BEST = "best-round-";

  private static final Pattern CHECKPOINT =
      Pattern.compile("(damaged-\\d+-)?(best-)?round-\\d{6,9}/");
  private static final int LOOKS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private final Storage folder;

  /** Folders with a file that was found damaged when it was read; sizes do not tell. */
  private final Set<Path> corrupt = new HashSet<>();

  /**
   * @param output the run's output folder; need not exist
   */
  public CheckpointStore(Storage output) {
    this.folder = output.folder("checkpoints");
  }

  /**
   * The newest whole checkpoint to resume from; see {@link #newestRound} for damaged ones.
   *
   * @throws CheckpointException if a manifest is unreadable, or if all there are are damaged
   */
  public Optional<Checkpoint> latest() {
    return newestRound().requireNotAllDamaged();
  }

  /**
   * The newest whole checkpoint of best parameters.
   *
   * @throws CheckpointException as {@link #latest}
   */
  public Optional<Checkpoint> best() {
    return newestBest().requireNotAllDamaged();
  }

  /**
   * The newest checkpoint to resume from with a whole manifest and files of the lengths that it
   * lists, and newer ones that are damaged.
   *
   * @throws CheckpointException if storage does not answer: what cannot be read may be whole
   */
  public FoundCheckpoint newestRound() {
    return newestRound(checkpoint -> {});
  }

  /**
   * The newest checkpoint to resume from of which no file turns out to be damaged as it is used:
   * where one does, the use begins anew with the checkpoint before it.
   *
   * @param use reads what is needed
   * @throws CheckpointException as {@link #newestRound()}
   * @throws RuntimeException what the use throws for any other reason
   */
  public FoundCheckpoint newestRound(Consumer<Checkpoint> use) {
    return newest(ROUND, use);
  }

  /** As {@link #newestRound()}, of best parameters. */
  public FoundCheckpoint newestBest() {
    return newest(BEST, checkpoint -> {});
  }

  /**
   * The best checkpoint, or before the first evaluation the newest one, for a reader beside a run
   * that goes on: all of it that readers use has been read.
   */
  FoundCheckpoint forReaders() {
    FoundCheckpoint best = newest(BEST, Checkpoint::hold);
    return best.checkpoint().isPresent() ? best : newest(ROUND, Checkpoint::hold).after(best);
  }

  /**
   * Whether a path below {@code checkpoints/} can be one that a run wrote. Of an empty folder it
   * ends in a slash; such a one is nobody's loss.
   */
  public static boolean isOwn(String path) {
    Matcher inside = CHECKPOINT.matcher(path);
    return path.endsWith("/")
        || (inside.lookingAt() && CheckpointFiles.isOwn(path.substring(inside.end())));
  }

  /** Whether a folder of that name below {@code checkpoints/} is a run's. */
  public static boolean isCheckpoint(String name) {
    return CHECKPOINT.matcher(name + "/").matches();
  }

  Storage roundFolder(int round) {
    return at(ROUND, round);
  }

  Storage bestFolder(int round) {
    return at(BEST, round);
  }

  private Storage at(String prefix, int round) {
    return folder.folder(String.format(Locale.ROOT, "%s%06d", prefix, round));
  }

  /**
   * The best parameters of a round, if there are any that are whole.
   *
   * @throws CheckpointException if storage does not answer
   */
  public Optional<Checkpoint> best(int round) {
    return Optional.of(bestFolder(round))
        .filter(best -> isWhole(best) && !isDamaged(best))
        .map(Checkpoint::open);
  }

  /**
   * Deletes what is older than the {@code keep} newest to resume from: whole ones, and what a
   * driver that died did not finish. Damaged ones stay.
   */
  void keepRounds(int keep) {
    List<Integer> kept = whole(ROUND);
    if (kept.size() >= keep) {
      int oldest = kept.get(keep - 1);
      numbers(ROUND).stream()
          .filter(n -> n < oldest)
          .map(this::roundFolder)
          .filter(checkpoint -> !isDamaged(checkpoint))
          .forEach(this::delete);
    }
  }

  /**
   * Deletes all best parameters but the run's, and those on which earlier checkpoints to resume
   * from count: the last ones that had been found by then. Damaged ones stay.
   */
  void keepBest(RunState run) {
    List<Integer> found = numbers(BEST).stream().filter(n -> !isDamaged(bestFolder(n))).toList();
    var kept = new HashSet<Integer>(List.of(run.bestRound()));
    whole(ROUND).stream()
        .filter(resumable -> resumable < run.round())
        .flatMap(resumable -> found.stream().filter(n -> n <= resumable).limit(1))
        .forEach(kept::add);
    found.stream().filter(n -> !kept.contains(n)).forEach(n -> delete(bestFolder(n)));
  }

  /**
   * Makes the place of a checkpoint free: what lies there is half-written, or of a run that went on
   * from an earlier round. A damaged one is moved aside, for someone to look at.
   */
  void clear(Storage checkpoint) {
    if (!isDamaged(checkpoint)) {
      delete(checkpoint);
      return;
    }
    try {
      FileSystem files = folder.fileSystem();
      int n = 1;
      while (files.exists(aside(checkpoint, n))) {
        n++;
      }
      if (!files.rename(checkpoint.path(), aside(checkpoint, n))) {
        throw new IOException("it cannot be renamed to " + aside(checkpoint, n));
      }
      corrupt.remove(checkpoint.path());
    } catch (IOException e) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "checkpoint: cannot move %s aside: %s",
              checkpoint.uri(),
              StorageReason.of(e)),
          e);
    }
  }

  private Path aside(Storage checkpoint, int n) {
    return folder.path(String.format(Locale.ROOT, "damaged-%d-%s", n, checkpoint.path().getName()));
  }

  /** Deletes a checkpoint, whole or not. */
  void delete(Storage checkpoint) {
    try {
      CheckpointFiles.delete(checkpoint);
    } catch (IOException e) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "checkpoint: cannot delete %s: %s",
              checkpoint.uri(),
              StorageReason.of(e)),
          e);
    }
  }

  /** Looks again where checkpoints go away between listing and reading, as a run goes on. */
  private FoundCheckpoint newest(String prefix, Consumer<Checkpoint> use) {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return newestListed(prefix, use);
      } catch (GoneException e) {
        LOG.info("{}", e.getMessage());
      }
    }
    return newestListed(prefix, use);
  }

  private FoundCheckpoint newestListed(String prefix, Consumer<Checkpoint> use) {
    var damaged = new ArrayList<String>();
    for (int round : numbers(prefix)) {
      Storage checkpoint = at(prefix, round);
      Manifest.Found found = Manifest.find(checkpoint);
      if (found.isDamaged()) {
        damaged.add(found.problem());
      } else if (found.whole() == Manifest.Whole.YES && found.manifest().round() != round) {
        damaged.add(
            String.format(
                Locale.ROOT,
                "%s is damaged: its round is %d",
                checkpoint.path(Manifest.NAME),
                found.manifest().round()));
      } else if (found.whole() == Manifest.Whole.YES) {
        try {
          return new FoundCheckpoint(Optional.of(used(checkpoint, use)), damaged, folder.uri());
        } catch (DamagedFileException e) {
          corrupt.add(checkpoint.path());
          damaged.add(e.problem());
        }
      }
    }
    return new FoundCheckpoint(Optional.empty(), damaged, folder.uri());
  }

  private static Checkpoint used(Storage folder, Consumer<Checkpoint> use) {
    try {
      Checkpoint checkpoint = Checkpoint.open(folder);
      use.accept(checkpoint);
      return checkpoint;
    } catch (CheckpointException e) {
      if (Manifest.find(folder).whole() == Manifest.Whole.NOT_YET) {
        throw new GoneException(e);
      }
      throw e;
    }
  }

  /** A checkpoint went away while it was read. */
  private static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException(CheckpointException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Rounds of folders with a manifest that are not known to be damaged, the newest first. */
  private List<Integer> whole(String prefix) {
    return numbers(prefix).stream().filter(round -> isWhole(at(prefix, round))).toList();
  }

  private boolean isWhole(Storage checkpoint) {
    return !corrupt.contains(checkpoint.path())
        && Manifest.find(checkpoint).whole() == Manifest.Whole.YES;
  }

  /** By its manifest, by the lengths of its files, or by what was read of it. */
  private boolean isDamaged(Storage checkpoint) {
    Manifest.Found found = Manifest.find(checkpoint);
    if (found.whole() != Manifest.Whole.YES) {
      return found.isDamaged();
    }
    try {
      Checkpoint.open(checkpoint);
      return corrupt.contains(checkpoint.path());
    } catch (DamagedFileException e) {
      return true;
    }
  }

  /** Rounds of folders, complete or not, the newest first; by number, not by name. */
  private List<Integer> numbers(String prefix) {
    Pattern checkpoint = Pattern.compile(prefix + "(\\d{6,9})");
    var rounds = new ArrayList<Integer>();
    try {
      FileSystem files = folder.fileSystem();
      Path path = folder.path();
      if (files.exists(path)) {
        for (FileStatus status : files.listStatus(path)) {
          Matcher name = checkpoint.matcher(status.getPath().getName());
          if (name.matches() && status.isDirectory()) {
            rounds.add(Integer.parseInt(name.group(1)));
          }
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT, "checkpoints: cannot list %s: %s", folder.uri(), StorageReason.of(e)),
          e);
    }
    rounds.sort(Comparator.reverseOrder());
    return rounds;
  }
}
