package org.rondo.ingest;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** How a finished folder comes to its final place, which differs between file systems. */
public final class Placement {
  /** Where the rename of a folder is one step; it may still move into a folder that exists. */
  private static final Set<String> ATOMIC = Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs");

  private Placement() {}

  /** The file of this machine that a path stands for; empty on another file system. */
  public static Optional<File> local(FileSystem fs, Path path) {
    if (fs instanceof LocalFileSystem checked) {
      return Optional.of(checked.pathToFile(path));
    }
    return fs instanceof RawLocalFileSystem raw
        ? Optional.of(raw.pathToFile(path))
        : Optional.empty();
  }

  /** Whether a folder appears whole or not at all under a name that nobody else takes meanwhile. */
  public static boolean isAtomic(FileSystem fs) {
    return local(fs, new Path("/")).isPresent() || ATOMIC.contains(fs.getUri().getScheme());
  }

  /**
   * The whole path with the symbolic links of the local file system resolved, as far as it exists.
   */
  public static Path real(FileSystem fs, Path path) throws IOException {
    Path whole = fs.makeQualified(new Path(path.toString()));
    Optional<File> file = local(fs, whole);
    if (file.isEmpty()) {
      return whole;
    }
    java.nio.file.Path there = file.get().toPath().toAbsolutePath().normalize();
    java.nio.file.Path existing = there;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    java.nio.file.Path real = existing.toRealPath().resolve(existing.relativize(there));
    return fs.makeQualified(new Path(null, null, real.normalize().toString()));
  }

  /**
   * Gives an attempt's folder its final name, as one step where {@link #isAtomic}. On other file
   * systems the manifest follows last, and whoever does the same at once must move the same files.
   *
   * @param last name of the file that moves after all others, the manifest
   * @return false if the place is taken; then nothing was moved
   */
  public static boolean move(FileSystem fs, Attempt attempt, Path place, String last)
      throws IOException {
    Optional<File> file = local(fs, place);
    if (file.isPresent()) {
      return moveLocally(local(fs, attempt.folder()).orElseThrow().toPath(), file.get().toPath());
    }
    return isAtomic(fs) ? rename(fs, attempt, place) : moveFiles(fs, attempt.folder(), place, last);
  }

  /** By rename(2), which replaces an empty folder and refuses any other. */
  private static boolean moveLocally(java.nio.file.Path from, java.nio.file.Path to)
      throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.exists(to)) {
        return false;
      }
      throw e;
    }
  }

  /** A rename to a folder that exists moves into it: what lies there by that is taken out again. */
  private static boolean rename(FileSystem fs, Attempt attempt, Path place) throws IOException {
    if (fs.exists(place) && (fs.listStatus(place).length > 0 || !fs.delete(place, false))) {
      return false;
    }
    if (!fs.rename(attempt.folder(), place)) {
      if (fs.exists(place)) {
        return false;
      }
      throw new IOException(
          String.format(Locale.ROOT, "cannot rename %s to %s", attempt.folder(), place));
    }
    var nested = new Path(place, attempt.folder().getName());
    if (!fs.exists(nested)) {
      return true;
    }
    if (!fs.rename(nested, attempt.folder())) {
      Deletions.attempt(fs, nested, attempt.id());
      throw new IOException(
          String.format(Locale.ROOT, "cannot rename %s to %s", nested, attempt.folder()));
    }
    return false;
  }

  private static boolean moveFiles(FileSystem fs, Path from, Path to, String last)
      throws IOException {
    fs.mkdirs(to);
    for (FileStatus entry : fs.listStatus(from)) {
      if (entry.isDirectory()) {
        moveFiles(fs, entry.getPath(), new Path(to, entry.getPath().getName()), last);
      } else if (!entry.getPath().getName().equals(last)) {
        moveFile(fs, entry.getPath(), to);
      }
    }
    var manifest = new Path(from, last);
    if (fs.exists(manifest)) {
      moveFile(fs, manifest, to);
    }
    return true;
  }

  private static void moveFile(FileSystem fs, Path file, Path folder) throws IOException {
    var target = new Path(folder, file.getName());
    if (!fs.exists(target) && !fs.rename(file, target) && !fs.exists(target)) {
      throw new IOException(String.format(Locale.ROOT, "cannot rename %s to %s", file, target));
    }
  }
}
