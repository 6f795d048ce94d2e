package org.rondo.ingest.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * Globs among names with colons: Hadoop's own end with an error at the first of them, which it
 * takes for the scheme of a path.
 */
final class TextGlob {
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private final FileSystem fs;
  private final List<FileStatus> matches = new ArrayList<>();

  private TextGlob(FileSystem fs) {
    this.fs = fs;
  }

  /** What a pattern matches; nothing if it matches nothing. */
  static FileStatus[] find(FileSystem fs, Path pattern) throws IOException {
    var glob = new TextGlob(fs);
    for (String each : GlobExpander.expand(fs.makeQualified(pattern).toUri().getPath())) {
      glob.find(fs.makeQualified(new Path("/")), List.of(each.substring(1).split("/+")));
    }
    return glob.matches.toArray(FileStatus[]::new);
  }

  private void find(Path folder, List<String> pattern) throws IOException {
    for (FileStatus child : children(folder, pattern.get(0))) {
      if (pattern.size() == 1) {
        matches.add(child);
      } else if (child.isDirectory()) {
        find(child.getPath(), pattern.subList(1, pattern.size()));
      }
    }
  }

  private List<FileStatus> children(Path folder, String pattern) throws IOException {
    var names = new GlobPattern(pattern);
    var children = new ArrayList<FileStatus>();
    try {
      if (names.hasWildcard()) {
        for (FileStatus child : fs.listStatus(folder)) {
          if (names.matches(child.getPath().getName())) {
            children.add(child);
          }
        }
      } else {
        String name = ESCAPED.matcher(pattern).replaceAll("$1");
        String path = folder.toUri().getPath();
        String below = path.endsWith("/") ? path + name : path + "/" + name;
        children.add(fs.getFileStatus(fs.makeQualified(new Path(null, null, below))));
      }
    } catch (FileNotFoundException e) {
      // Nothing of that name.
    }
    return children;
  }
}
