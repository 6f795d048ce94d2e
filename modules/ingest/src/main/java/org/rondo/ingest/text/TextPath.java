package org.rondo.ingest.text;

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Placement;

/** A path of text as the user wrote it. */
public final class TextPath {
  private TextPath() {}

  /**
   * The path without any meaning of colons and glob characters, if a local file has that name; else
   * as Hadoop reads it.
   *
   * @throws IngestException if it is no path
   */
  static Path literal(String path, Configuration hadoop) throws IOException {
    boolean local = Placement.local(FileSystem.get(hadoop), new Path("/")).isPresent();
    var file = new File(path);
    if (local && file.exists()) {
      return new Path(null, null, file.getAbsolutePath());
    }
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) {
      throw new IngestException(String.format(Locale.ROOT, "data: nothing at %s", path), e);
    }
  }

  /** Whether a glob would match {@code place}, or a directory in which it would be found. */
  public static boolean globReaches(String path, Path place, Configuration hadoop)
      throws IOException {
    Path pattern = literal(path, hadoop);
    FileSystem fs = pattern.getFileSystem(hadoop);
    if (fs.exists(pattern)
        || !fs.makeQualified(pattern).toUri().resolve("/").equals(place.toUri().resolve("/"))) {
      return false;
    }
    for (String each : GlobExpander.expand(fs.makeQualified(pattern).toUri().getPath())) {
      if (reaches(each.split("/"), place.toUri().getPath().split("/"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean reaches(String[] pattern, String[] place) {
    if (pattern.length > place.length) {
      return false;
    }
    for (int i = 0; i < place.length; i++) {
      boolean found =
          i < pattern.length
              ? new GlobPattern(pattern[i]).matches(place[i])
                  && (i < pattern.length - 1 || !TextFiles.isHidden(new Path("/", place[i])))
              : !TextFiles.isHidden(new Path("/", place[i]));
      if (!found) {
        return false;
      }
    }
    return true;
  }
}
