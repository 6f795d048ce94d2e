package org.rondo.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.training.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's folder for states between checkpoints, one folder per cut of the lineage. What is no
 * longer needed is deleted, but no failure to do so reaches the run: the states that it depends on
 * lie elsewhere by then, and whoever wrote them would write them again.
 */
final class Scratch {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final Storage root;
  private final List<Storage> obsolete = new ArrayList<>();
  private Storage current;

  Scratch(Storage root) {
    this.root = root;
  }

  /** An empty folder for the states after a round. */
  Storage folder(int round) throws IOException {
    Storage folder = root.folder(String.format(Locale.ROOT, "round-%06d", round));
    folder.delete(folder.path());
    return folder;
  }

  /** The states now lie in a folder of {@link #folder}, and are needed there. */
  void moveTo(Storage folder) {
    leave();
    current = folder;
  }

  /** The states now lie outside of this folder; also tries again to delete what could not be. */
  void leave() {
    if (current != null) {
      obsolete.add(current);
      current = null;
    }
    obsolete.removeIf(Scratch::delete);
  }

  /** Deletes all of it. */
  void delete() {
    delete(root);
  }

  private static boolean delete(Storage folder) {
    try {
      folder.delete(folder.path());
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot delete {}, which is no longer needed: {}", folder.uri(), e.toString());
      return false;
    }
  }
}
