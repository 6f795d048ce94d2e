package org.rondo.frames.formats;

import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.TextFiles;

/** Folders of examples that hold none. */
final class EmptyFolders {
  private EmptyFolders() {}

  /**
   * The folders that hold neither a folder nor a file that is read.
   *
   * @param reads whether a file is read
   */
  static List<Path> of(TextFiles found, Predicate<Path> reads) {
    var full = new HashSet<Path>();
    found.folders().forEach(folder -> full.add(folder.getParent()));
    for (SourceFile each : found.files()) {
      var file = new Path(each.path());
      if (reads.test(file)) {
        full.add(file.getParent());
      }
    }
    return found.folders().stream().filter(folder -> !full.contains(folder)).toList();
  }
}
