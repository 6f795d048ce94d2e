package org.rondo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of one run, below {@code checkpoints/} in its output folder: {@code
 * round-000050/} to resume from and {@code best-round-000040/} with the best parameters.
 */
public final class CheckpointStore {
  private static final String ROUND = "round-";
  private static final String BEST = "best-round-";

  private final Storage folder;

  /**
   * @param output the run's output folder; need not exist
   */
  public CheckpointStore(Storage output) {
    this.folder = output.folder("checkpoints");
  }

  /**
   * The newest complete checkpoint to resume from.
   *
   * @throws CheckpointException if a file of it is missing or truncated, or a manifest unreadable
   */
  public Optional<Checkpoint> latest() {
    return newest(ROUND);
  }

  /**
   * The newest complete checkpoint of best parameters.
   *
   * @throws CheckpointException if a file of it is missing or truncated, or a manifest unreadable
   */
  public Optional<Checkpoint> best() {
    return newest(BEST);
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
    return Optional.of(bestFolder(round)).filter(CheckpointStore::isComplete).map(Checkpoint::open);
  }

  /**
   * Deletes what is older than the {@code keep} newest to resume from: complete ones, and what a
   * driver that died did not finish.
   */
  void keepRounds(int keep) {
    List<Integer> kept = complete(ROUND);
    if (kept.size() >= keep) {
      int oldest = kept.get(keep - 1);
      numbers(ROUND).stream().filter(n -> n < oldest).forEach(n -> delete(roundFolder(n)));
    }
  }

  /**
   * Deletes all best parameters but the run's, and those on which earlier checkpoints to resume
   * from count: the last ones that had been found by then.
   */
  void keepBest(RunState run) {
    List<Integer> found = numbers(BEST);
    var kept = new HashSet<Integer>(List.of(run.bestRound()));
    complete(ROUND).stream()
        .filter(resumable -> resumable < run.round())
        .flatMap(resumable -> found.stream().filter(n -> n <= resumable).limit(1))
        .forEach(kept::add);
    found.stream().filter(n -> !kept.contains(n)).forEach(n -> delete(bestFolder(n)));
  }

  /** Deletes a checkpoint, whole or not: its manifest first, so that no half of it is read. */
  void delete(Storage checkpoint) {
    try {
      checkpoint.delete(checkpoint.path(Manifest.NAME));
      checkpoint.delete(checkpoint.path());
    } catch (IOException e) {
      throw new TrainingException(
          String.format(Locale.ROOT, "checkpoint: cannot delete %s: %s", checkpoint.uri(), e), e);
    }
  }

  private Optional<Checkpoint> newest(String prefix) {
    return complete(prefix).stream().findFirst().map(round -> Checkpoint.open(at(prefix, round)));
  }

  /** Rounds of folders with a manifest, the newest first. */
  private List<Integer> complete(String prefix) {
    return numbers(prefix).stream().filter(round -> isComplete(at(prefix, round))).toList();
  }

  private static boolean isComplete(Storage checkpoint) {
    return Manifest.read(checkpoint).isPresent();
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
          if (name.matches()) {
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
