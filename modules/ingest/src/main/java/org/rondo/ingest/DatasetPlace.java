package org.rondo.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where something that is prepared once lies, or may be put: the folder that the user names, or,
 * where that one holds another of its kind, a folder beside it whose name ends in a fingerprint. A
 * dataset is never replaced, since a run may be reading it.
 *
 * @param <M> its manifest
 */
public final class DatasetPlace<M> {
  private static final int FINGERPRINT = 12;

  /**
   * A kind of dataset.
   *
   * @param topic that errors begin with, such as {@code corpus}
   * @param one what it is called
   * @param many in the plural
   * @param last name of the file that is written last: without it the folder is none
   * @param manifest name of the file that {@code reader} reads
   */
  public record Kind<M>(
      String topic, String one, String many, String last, String manifest, Reader<M> reader) {}

  /** Reads the manifest of a folder. */
  @FunctionalInterface
  public interface Reader<M> {
    /**
     * The manifest.
     *
     * @throws IOException if it is missing, damaged, or cannot be read
     */
    M read(FileSystem fs, Path folder) throws IOException;
  }

  private final Kind<M> kind;
  private final FileSystem fs;
  private final Path named;
  private final Path other;
  private final Predicate<M> wanted;

  /**
   * @param fingerprint in hexadecimal, of what decides the dataset
   * @param wanted whether a manifest is that of this very dataset
   * @throws IngestException if the folder has no name
   */
  public DatasetPlace(
      Kind<M> kind, Path folder, String fingerprint, Predicate<M> wanted, Configuration hadoop)
      throws IOException {
    // Through text: a path made from a URI may end in a slash, and then has no name.
    named = new Path(folder.toString());
    if (named.getName().isBlank()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "%s: \"%s\" is no name of a folder for a %s",
              kind.topic(),
              folder,
              kind.one()));
    }
    this.kind = kind;
    this.wanted = wanted;
    fs = LocalUmask.respectedBy(named.getFileSystem(hadoop));
    other = new Path(parent(named), named.getName() + "-" + fingerprint.substring(0, FINGERPRINT));
  }

  public FileSystem fileSystem() {
    return fs;
  }

  /** The folder that the user names, with symbolic links resolved. */
  public Path real() throws IOException {
    return Placement.real(fs, named);
  }

  /**
   * The folder in which this very dataset is.
   *
   * @throws IngestException if one of the folders holds other things, or a damaged dataset
   */
  public Optional<Path> find() throws IOException {
    for (Path folder : List.of(named, other)) {
      if (manifest(folder).filter(wanted).isPresent()) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /**
   * The folders in which {@link #commit} may have put a dataset of whatever fingerprint, those that
   * hold one: the newest first.
   *
   * @param folder that the user names
   */
  public static List<Path> all(Kind<?> kind, Path folder, Configuration hadoop) throws IOException {
    var named = new Path(folder.toString());
    FileSystem fs = named.getFileSystem(hadoop);
    String names = Pattern.quote(named.getName()) + "(-[0-9a-f]{" + FINGERPRINT + "})?";
    var lasts = new ArrayList<FileStatus>();
    try {
      for (FileStatus found : fs.listStatus(parent(named), path -> path.getName().matches(names))) {
        var last = new Path(found.getPath(), kind.last());
        if (found.isDirectory() && fs.exists(last)) {
          lasts.add(fs.getFileStatus(last));
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    lasts.sort(Comparator.comparingLong(FileStatus::getModificationTime).reversed());
    return lasts.stream().map(last -> last.getPath().getParent()).toList();
  }

  private static Path parent(Path named) {
    return named.getParent() == null ? new Path(".") : named.getParent();
  }

  /**
   * Puts an attempt there, unless another preparation was faster.
   *
   * <p>Where a folder appears file by file, two preparations may write to it at once, so they must
   * write the same: the folder is then always the one whose name says what it holds.
   *
   * @return the folder in which this very dataset now is
   */
  public Path commit(Attempt attempt) throws IOException {
    for (Path folder : List.of(named, named, other, other)) {
      Optional<M> there = manifest(folder);
      if (there.filter(wanted).isPresent()) {
        return folder;
      }
      boolean mayTake = folder.equals(other) || Placement.isAtomic(fs);
      if (there.isEmpty()
          && mayTake
          && Placement.move(fs, attempt, Placement.real(fs, folder), kind.last())) {
        return folder;
      }
    }
    throw new IngestException(
        String.format(
            Locale.ROOT,
            "%s: %s and %s hold other %s; name another data.prepared or output",
            kind.topic(),
            named,
            other,
            kind.many()));
  }

  /**
   * The manifest of a folder; empty if there is no folder, or an empty one.
   *
   * @throws IngestException if anything else is there
   */
  private Optional<M> manifest(Path folder) throws IOException {
    if (!isFinished(folder)) {
      requireEmpty(folder);
      return Optional.empty();
    }
    try {
      return Optional.of(kind.reader().read(fs, folder));
    } catch (FileNotFoundException | ChecksumException | JsonProcessingException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "%s: %s is not valid: %s; nothing was changed: delete %s if it is a prepared %s of yours, else name another data.prepared",
              kind.topic(),
              new Path(folder, kind.manifest()),
              JsonFile.problem(e),
              folder,
              kind.one()),
          e);
    }
  }

  private boolean isFinished(Path folder) throws IOException {
    return fs.exists(new Path(folder, kind.last()));
  }

  private void requireEmpty(Path folder) throws IOException {
    FileStatus[] entries;
    try {
      FileStatus status = fs.getFileStatus(folder);
      entries = status.isDirectory() ? fs.listStatus(folder) : new FileStatus[] {status};
    } catch (FileNotFoundException e) {
      return;
    }
    // On an object store, files of this very dataset come before its last one; elsewhere another
    // preparation may have put its dataset there between two looks.
    boolean unfinished = folder.equals(other) && !Placement.isAtomic(fs);
    if (entries.length > 0 && !unfinished && !isFinished(folder)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "%s: %s holds %s but no %s, so it is no prepared %s; nothing was changed: name another data.prepared or output",
              kind.topic(),
              folder,
              entries[0].getPath().getName(),
              kind.last(),
              kind.one()));
    }
  }
}
