package org.rondo.frames.prepare;

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
 * Where the dataset of an {@link PreparedOrigin} lies, or may be put: the folder that the user
 * names, or, where that one holds another dataset, a folder beside it whose name ends in a
 * fingerprint of the origin. A dataset is never replaced, since a run may be reading it.
 */
final class PreparedPlace {
  private static final int FINGERPRINT = 12;

  /** The manifest of the sequences, the last file of a dataset. */
  private static final String LAST = "sequences.json";

  private final FileSystem fs;
  private final Path named;
  private final Path other;
  private final String fingerprint;

  PreparedPlace(Path folder, PreparedOrigin origin, Configuration hadoop) throws IOException {
    // Through text: a path made from a URI may end in a slash, and then has no name.
    named = new Path(folder.toString());
    if (named.getName().isBlank()) {
      throw new IngestException(
          String.format(Locale.ROOT, "data: \"%s\" is no name of a folder for a dataset", folder));
    }
    fs = LocalUmask.respectedBy(named.getFileSystem(hadoop));
    fingerprint = origin.fingerprint();
    other =
        new Path(
            named.getParent() == null ? new Path(".") : named.getParent(),
            named.getName() + "-" + fingerprint.substring(0, FINGERPRINT));
  }

  /** An attempt to prepare it, after those whose owners are gone were removed. */
  Attempt attempt() throws IOException {
    Attempt.removeLeftovers(fs, Placement.real(fs, named));
    return Attempt.beside(fs, Placement.real(fs, named));
  }

  FileSystem fileSystem() {
    return fs;
  }

  /**
   * The folder in which this origin's dataset is.
   *
   * @throws IngestException if one of the folders holds other things, or a damaged dataset
   */
  Optional<Path> find() throws IOException {
    for (Path folder : List.of(named, other)) {
      if (manifest(folder).filter(there -> there.fingerprint().equals(fingerprint)).isPresent()) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /**
   * Puts an attempt there, unless another preparation was faster. Where a folder appears file by
   * file, it is always the one whose name says what it holds.
   *
   * @return the folder in which this origin's dataset now is
   */
  Path commit(Attempt attempt) throws IOException {
    for (Path folder : List.of(named, named, other, other)) {
      Optional<PreparedManifest> there = manifest(folder);
      if (there.isPresent() && there.get().fingerprint().equals(fingerprint)) {
        return folder;
      }
      boolean mayTake = folder.equals(other) || Placement.isAtomic(fs);
      if (there.isEmpty()
          && mayTake
          && Placement.move(fs, attempt, Placement.real(fs, folder), LAST)) {
        return folder;
      }
    }
    throw new IngestException(
        String.format(
            Locale.ROOT,
            "data: %s and %s hold other datasets; name another data.prepared or output",
            named,
            other));
  }

  /**
   * The manifest of a folder; empty if there is no folder, or an empty one.
   *
   * @throws IngestException if anything else is there
   */
  private Optional<PreparedManifest> manifest(Path folder) throws IOException {
    // On an object store, files of this very dataset come before its last one.
    boolean unfinished = folder.equals(other) && !Placement.isAtomic(fs);
    if (!fs.exists(new Path(folder, LAST))) {
      if (!unfinished) {
        requireEmpty(folder);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(PreparedManifest.read(fs, folder));
    } catch (FileNotFoundException | ChecksumException | JsonProcessingException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: %s is not valid: %s; nothing was changed: delete %s if it is a prepared dataset of yours, else name another data.prepared",
              new Path(folder, PreparedManifest.FILE),
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
    // Another preparation may have put its dataset there between two looks.
    if (entries.length > 0 && !fs.exists(new Path(folder, LAST))) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: %s holds %s but no %s, so it is no prepared dataset; nothing was changed: name another data.prepared or output",
              folder,
              entries[0].getPath().getName(),
              LAST));
    }
  }
}
