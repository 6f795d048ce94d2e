package org.rondo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    return folder.folder((ROUND + "%06d").formatted(round));
  }

  Storage bestFolder(int round) {
    return folder.folder((BEST + "%06d").formatted(round));
  }

  /** Deletes all but the {@code keep} newest to resume from. */
  void keepRounds(int keep) {
    List<Storage> rounds = complete(ROUND);
    rounds.subList(Math.min(keep, rounds.size()), rounds.size()).forEach(this::delete);
  }

  /** Deletes all best checkpoints but those of these rounds. */
  void keepBest(Integer... rounds) {
    var kept = Arrays.stream(rounds).map(round -> bestFolder(round).uri()).toList();
    complete(BEST).stream().filter(best -> !kept.contains(best.uri())).forEach(this::delete);
  }

  /** Deletes folders that were begun and did not become a checkpoint. */
  void deleteIncomplete() {
    for (String prefix : List.of(ROUND, BEST)) {
      folders(prefix).stream().filter(begun -> !isComplete(begun)).forEach(this::delete);
    }
  }

  /** Deletes a checkpoint, whole or not: its manifest first, so that no half of it is read. */
  void delete(Storage checkpoint) {
    try {
      checkpoint.delete(checkpoint.path(Manifest.NAME));
      checkpoint.delete(checkpoint.path());
    } catch (IOException e) {
      throw new TrainingException(
          "checkpoint: cannot delete %s: %s".formatted(checkpoint.uri(), e), e);
    }
  }

  private Optional<Checkpoint> newest(String prefix) {
    return complete(prefix).stream().findFirst().map(Checkpoint::open);
  }

  private List<Storage> complete(String prefix) {
    return folders(prefix).stream().filter(CheckpointStore::isComplete).toList();
  }

  private static boolean isComplete(Storage folder) {
    return Manifest.read(folder).isPresent();
  }

  /** Folders of checkpoints, complete or not, the newest first. */
  private List<Storage> folders(String prefix) {
    var names = new ArrayList<String>();
    try {
      FileSystem files = folder.fileSystem();
      Path path = folder.path();
      if (files.exists(path)) {
        for (FileStatus status : files.listStatus(path)) {
          names.add(status.getPath().getName());
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(
          "checkpoints: cannot list %s: %s".formatted(folder.uri(), e), e);
    }
    Pattern checkpoint = Pattern.compile(prefix + "(\\d{6,9})");
    names.removeIf(name -> !checkpoint.matcher(name).matches());
    // As numbers: as text, round 1000000 would come before round 999999.
    names.sort(
        Comparator.comparingInt((String name) -> Integer.parseInt(name.substring(prefix.length())))
            .reversed());
    return names.stream().map(folder::folder).toList();
  }
}
