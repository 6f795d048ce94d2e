package org.rondo.training.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;
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

  /**
   * @param output the run's output folder; need not exist
   */
  public CheckpointStore(Storage output) {
    this.folder = output.folder("checkpoints");
  }

  /**
   * The newest whole checkpoint to resume from; see {@link #newestRound} for damaged ones.
   *
   * @throws CheckpointException if a file of it is missing or truncated, if a manifest is
   *     unreadable, or if all there are have damaged ones
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
   * The newest whole checkpoint to resume from, and newer ones with damaged manifests.
   *
   * @throws CheckpointException if a file of it is missing or truncated, or a manifest unreadable
   */
  public FoundCheckpoint newestRound() {
    return newest(ROUND, Checkpoint::open);
  }

  /** As {@link #newestRound}, of best parameters. */
  public FoundCheckpoint newestBest() {
    return newest(BEST, Checkpoint::open);
  }

  /**
   * The best checkpoint, or before the first evaluation the newest one, for a reader beside a run
   * that goes on: all of it that readers use has been read.
   */
  FoundCheckpoint forReaders() {
    FoundCheckpoint best = newest(BEST, Checkpoint::openAndRead);
    return best.checkpoint().isPresent()
        ? best
        : newest(ROUND, Checkpoint::openAndRead).after(best);
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
   * The best parameters of a round, if there are any.
   *
   * @throws CheckpointException if a file of it is missing or truncated, or its manifest unreadable
   */
  public Optional<Checkpoint> best(int round) {
    return Optional.of(bestFolder(round)).filter(CheckpointStore::isWhole).map(Checkpoint::open);
  }

  /**
   * Deletes what is older than the {@code keep} newest to resume from: whole ones, and what a
   * driver that died did not finish. Those with damaged manifests stay.
   */
  void keepRounds(int keep) {
    List<Integer> kept = whole(ROUND);
    if (kept.size() >= keep) {
      int oldest = kept.get(keep - 1);
      numbers(ROUND).stream()
          .filter(n -> n < oldest)
          .map(this::roundFolder)
          .filter(CheckpointStore::isNotDamaged)
          .forEach(this::delete);
    }
  }

  /**
   * Deletes all best parameters but the run's, and those on which earlier checkpoints to resume
   * from count: the last ones that had been found by then. Those with damaged manifests stay.
   */
  void keepBest(RunState run) {
    List<Integer> found = numbers(BEST).stream().filter(n -> isNotDamaged(bestFolder(n))).toList();
    var kept = new HashSet<Integer>(List.of(run.bestRound()));
    whole(ROUND).stream()
        .filter(resumable -> resumable < run.round())
        .flatMap(resumable -> found.stream().filter(n -> n <= resumable).limit(1))
        .forEach(kept::add);
    found.stream().filter(n -> !kept.contains(n)).forEach(n -> delete(bestFolder(n)));
  }

  /**
   * Makes the place of a checkpoint free: what lies there is half-written, or of a run that went on
   * from an earlier round. One with a damaged manifest is moved aside, for someone to look at.
   */
  void clear(Storage checkpoint) {
    if (isNotDamaged(checkpoint)) {
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
    } catch (IOException e) {
      throw new TrainingException(
          String.format(Locale.ROOT, "checkpoint: cannot move %s aside: %s", checkpoint.uri(), e),
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
          String.format(Locale.ROOT, "checkpoint: cannot delete %s: %s", checkpoint.uri(), e), e);
    }
  }

  /** Looks again where checkpoints go away between listing and reading, as a run goes on. */
  private FoundCheckpoint newest(String prefix, Function<Storage, Checkpoint> opening) {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return newestListed(prefix, opening);
      } catch (GoneException e) {
        LOG.info("{}", e.getMessage());
      }
    }
    return newestListed(prefix, opening);
  }

  private FoundCheckpoint newestListed(String prefix, Function<Storage, Checkpoint> opening) {
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
        return new FoundCheckpoint(Optional.of(opened(checkpoint, opening)), damaged, folder.uri());
      }
    }
    return new FoundCheckpoint(Optional.empty(), damaged, folder.uri());
  }

  private static Checkpoint opened(Storage checkpoint, Function<Storage, Checkpoint> opening) {
    try {
      return opening.apply(checkpoint);
    } catch (CheckpointException e) {
      if (Manifest.find(checkpoint).whole() == Manifest.Whole.NOT_YET) {
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

  /** Rounds of folders with a manifest, the newest first. */
  private List<Integer> whole(String prefix) {
    return numbers(prefix).stream().filter(round -> isWhole(at(prefix, round))).toList();
  }

  private static boolean isWhole(Storage checkpoint) {
    return Manifest.find(checkpoint).whole() == Manifest.Whole.YES;
  }

  private static boolean isNotDamaged(Storage checkpoint) {
    return !Manifest.find(checkpoint).isDamaged();
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
          String.format(Locale.ROOT, "checkpoints: cannot list %s: %s", folder.uri(), e), e);
    }
    rounds.sort(Comparator.reverseOrder());
    return rounds;
  }
}
