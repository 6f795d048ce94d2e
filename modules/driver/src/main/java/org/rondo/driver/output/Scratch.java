package org.rondo.driver.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.rondo.ingest.Deletions;
import org.rondo.training.WorkerState;
import org.rondo.training.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's folder for states between checkpoints, one folder per cut of the lineage. What is no
 * longer needed is deleted, but no failure to do so reaches the run: the states that it depends on
 * lie elsewhere by then, and whoever wrote them would write them again. A folder in which anything
 * but states lies is not deleted.
 */
public final class Scratch {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
  private static final Pattern STATES = Pattern.compile("(state/(shard-\\d{5,}\\.\\d+\\.bin)?)?");
  private static final Pattern ROUND = Pattern.compile("round-\\d{6,}/");

  private final Storage root;
  private final List<Storage> obsolete = new ArrayList<>();
  private Storage current;
  private boolean made;

  public Scratch(Storage root) {
    this.root = root;
  }

  /** An empty folder for the states after a round. */
  public Storage folder(int round) throws IOException {
    made = true;
    Storage folder = root.folder(String.format(Locale.ROOT, "round-%06d", round));
    Deletions.folder(folder.fileSystem(), folder.path(), Scratch::isState);
    return folder;
  }

  /** The states now lie in a folder of {@link #folder}, and are needed there. */
  public void moveTo(Storage folder) {
    leave();
    current = folder;
  }

  /** The states now lie outside of this folder; also tries again to delete what could not be. */
  public void leave() {
    if (current != null) {
      obsolete.add(current);
      current = null;
    }
    obsolete.removeIf(Scratch::delete);
  }

  /** Deletes all of it, if there ever was something. */
  public void delete() {
    if (made) {
      delete(root);
    }
  }

  /** Whether nothing is left of a folder of states, or of a folder of such folders. */
  public static boolean delete(Storage folder) {
    try {
      Deletions.folder(
          folder.fileSystem(),
          folder.path(),
          name -> isState(name) || isState(ROUND.matcher(name).replaceFirst("")));
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot delete {}, which is no longer needed: {}", folder.uri(), e.toString());
      return false;
    }
  }

  /** Whether a path below a folder is one of {@link WorkerState#save}, or a folder of such. */
  private static boolean isState(String name) {
    return STATES.matcher(name).matches();
  }
}
