package org.rondo.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of text, and what shows that it changed.
 *
 * @param path with its scheme
 * @param length bytes, compressed as they are
 * @param modified milliseconds of the epoch
 */
record SourceFile(String path, long length, long modified) {
  /**
   * The files of a path, in path order: a file, every file below a directory, or what a Hadoop glob
   * matches of both. Names that start with {@code _} or {@code .} are hidden, unless the path
   * itself ends in that name.
   *
   * @throws IngestException if there is no file
   */
  static List<SourceFile> find(String path, Configuration hadoop) {
    var files = new TreeMap<String, SourceFile>();
    var pattern = new Path(path);
    try {
      FileSystem fs = pattern.getFileSystem(hadoop);
      FileStatus[] matches = fs.globStatus(pattern);
      if (matches == null || matches.length == 0) {
        throw new IngestException(String.format(Locale.ROOT, "text: nothing at %s", path));
      }
      for (FileStatus match : matches) {
        if (!isHidden(match.getPath()) || match.getPath().getName().equals(pattern.getName())) {
          collect(fs, match, files);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "text: cannot list %s: %s", path, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new IngestException(String.format(Locale.ROOT, "text: no file in %s", path));
    }
    return List.copyOf(files.values());
  }

  /** Whether {@link #find} of a directory would come upon files in {@code folder}. */
  static boolean reaches(String path, Path folder, Configuration hadoop) {
    var directory = new Path(path);
    try {
      Path root = directory.getFileSystem(hadoop).makeQualified(directory);
      Path at = folder.getFileSystem(hadoop).makeQualified(folder);
      while (at != null && !at.equals(root) && !isHidden(at)) {
        at = at.getParent();
      }
      return root.equals(at);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "text: cannot reach %s: %s", path, e.getMessage()), e);
    }
  }

  private static void collect(FileSystem fs, FileStatus status, Map<String, SourceFile> files)
      throws IOException {
    if (!status.isDirectory()) {
      String path = status.getPath().toString();
      files.put(path, new SourceFile(path, status.getLen(), status.getModificationTime()));
      return;
    }
    for (FileStatus child : fs.listStatus(status.getPath())) {
      if (!isHidden(child.getPath())) {
        collect(fs, child, files);
      }
    }
  }

  private static boolean isHidden(Path path) {
    String name = path.getName();
    return name.startsWith("_") || name.startsWith(".");
  }
}
