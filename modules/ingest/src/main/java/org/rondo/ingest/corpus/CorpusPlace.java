package org.rondo.ingest.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.LocalUmask;
import org.rondo.ingest.Placement;

/**
 * Where the corpus of an {@link Origin} lies, or may be put: the folder that the user names, or,
 * where that one holds the corpus of another plan or text, a folder beside it whose name ends in a
 * fingerprint of the origin. A corpus is never replaced, since a run may be reading it.
 */
final class CorpusPlace {
  private static final int FINGERPRINT = 12;

  private final FileSystem fs;
  private final Path named;
  private final Path other;
  private final Origin origin;

  CorpusPlace(Path folder, Origin origin, Configuration hadoop) throws IOException {
    // Through text: a path made from a URI may end in a slash, and then has no name.
    named = new Path(folder.toString());
    if (named.getName().isBlank()) {
      throw new IngestException(
          String.format(Locale.ROOT, "corpus: \"%s\" is no name of a folder for a corpus", folder));
    }
    fs = LocalUmask.respectedBy(named.getFileSystem(hadoop));
    this.origin = origin;
    other =
        new Path(
            named.getParent() == null ? new Path(".") : named.getParent(),
            named.getName() + "-" + origin.fingerprint().substring(0, FINGERPRINT));
  }

  FileSystem fileSystem() {
    return fs;
  }

  /** The folder that the user names, with symbolic links resolved. */
  Path real() throws IOException {
    return Placement.real(fs, named);
  }

  /**
   * The folder in which this origin's corpus is.
   *
   * @throws IngestException if one of the folders holds other things, or a damaged corpus
   */
  Optional<Path> find() throws IOException {
    for (Path folder : List.of(named, other)) {
      Optional<Manifest> there = manifest(folder);
      if (there.isPresent() && there.get().origin().equals(origin)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /**
   * Puts an attempt there, unless another preparation was faster.
   *
   * <p>Where a folder appears file by file, two preparations may write to it at once, so they must
   * write the same: the folder is then always the one whose name says what it holds.
   *
   * @return the folder in which this origin's corpus now is
   */
  Path commit(Attempt attempt) throws IOException {
    for (Path folder : List.of(named, named, other, other)) {
      Optional<Manifest> there = manifest(folder);
      if (there.isPresent() && there.get().origin().equals(origin)) {
        return folder;
      }
      boolean mayTake = folder.equals(other) || Placement.isAtomic(fs);
      if (there.isEmpty()
          && mayTake
          && Placement.move(fs, attempt, Placement.real(fs, folder), Manifest.FILE)) {
        return folder;
      }
    }
    throw new IngestException(
        String.format(
            Locale.ROOT,
            "corpus: %s and %s hold other corpora; name another data.prepared or output",
            named,
            other));
  }

  /**
   * The manifest of a folder; empty if there is no folder, or an empty one.
   *
   * @throws IngestException if anything else is there
   */
  private Optional<Manifest> manifest(Path folder) throws IOException {
    try {
      return Optional.of(Manifest.read(fs, folder));
    } catch (FileNotFoundException e) {
      requireEmpty(folder);
      return Optional.empty();
    } catch (ChecksumException | JsonProcessingException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: %s is not valid: %s; nothing was changed: delete %s if it is a prepared corpus of yours, else name another data.prepared",
              new Path(folder, Manifest.FILE),
              JsonFile.problem(e),
              folder),
          e);
    }
  }

  private void requireEmpty(Path folder) throws IOException {
    FileStatus[] entries;
    try {
      FileStatus status = fs.getFileStatus(folder);
      entries = status.isDirectory() ? fs.listStatus(folder) : new FileStatus[] {status};
    } catch (FileNotFoundException e) {
      return;
    }
    // On an object store, files of this very corpus come before its manifest.
    boolean unfinished = folder.equals(other) && !Placement.isAtomic(fs);
    if (entries.length > 0 && !unfinished && manifestIsMissing(folder)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: %s holds %s but no %s, so it is no prepared corpus; nothing was changed: name another data.prepared or output",
              folder,
              entries[0].getPath().getName(),
              Manifest.FILE));
    }
  }

  /** Another preparation may have put its corpus there between two looks. */
  private boolean manifestIsMissing(Path folder) throws IOException {
    return !fs.exists(new Path(folder, Manifest.FILE));
  }
}
