package org.rondo.training.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.training.storage.CheckpointException;

/**
 * What a search for the newest checkpoint of a kind came to.
 *
 * @param checkpoint the newest whole one
 * @param damaged a sentence for each newer one of which a file is damaged
 * @param folder where was looked
 */
public record FoundCheckpoint(
    Optional<Checkpoint> checkpoint, List<String> damaged, String folder) {
  public FoundCheckpoint {
    damaged = List.copyOf(damaged);
  }

  /** Sentences that the user should read: which is damaged, and which is taken instead. */
  public List<String> warnings() {
    String instead =
        checkpoint.map(found -> "; " + found.folder().uri() + " is taken instead").orElse("");
    return damaged.stream().map(problem -> problem + instead).toList();
  }

  /**
   * The checkpoint; empty if there is none yet.
   *
   * @throws CheckpointException if there are some, and not one of them is whole
   */
  public Optional<Checkpoint> requireSomeWhole() {
    if (checkpoint.isEmpty() && !damaged.isEmpty()) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "checkpoints: of those in %s not one is whole: %s; nothing of them was deleted: bring the files back from a copy",
              folder,
              String.join("; ", damaged)));
    }
    return checkpoint;
  }

  /**
   * As {@link #requireSomeWhole}, where half a manifest counts as none, as it does when written.
   */
  Optional<Checkpoint> requireNotAllDamaged() {
    return damaged.stream().allMatch(problem -> problem.endsWith(Manifest.CUT))
        ? checkpoint
        : requireSomeWhole();
  }

  /** This one, after a search for another kind found no whole one. */
  FoundCheckpoint after(FoundCheckpoint other) {
    var all = new ArrayList<>(other.damaged);
    all.addAll(damaged);
    return new FoundCheckpoint(checkpoint, all, folder);
  }
}
