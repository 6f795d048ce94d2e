package org.rondo.ingest.corpus;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.LocalUmask;

/**
 * Where tasks write a corpus side by side, in a form that travels to them: first ids in parts of
 * any length, then the blocks that the parts make one after another.
 *
 * @param vocabulary number of ids that there are
 * @param idsPerBlock in a full block
 */
public record CorpusAssembly(CorpusFolder folder, int vocabulary, int idsPerBlock)
    implements Serializable {
  /** Of the parts, within the folder of the corpus; gone before the corpus is one. */
  static final String PARTS = "parts";

  /**
   * Begins the ids of a split that a task has.
   *
   * @param part number of the part among those of all tasks
   * @param attempt number of the task's attempt, unlike that of any other
   */
  public IdPartWriter part(String split, int part, long attempt) {
    String file = String.format(Locale.ROOT, "%s/%s-%05d-%d.ids", PARTS, split, part, attempt);
    return DiskFailure.worded(
        "corpus: cannot write",
        path(),
        () -> new IdPartWriter(fileSystem(), path(), file, format()));
  }

  /** Whether a file of that name within the folder of parts is one of them. */
  static boolean isPart(String name) {
    return name.matches("[a-z]+-\\d{5,}-\\d+\\.ids");
  }

  Path path() {
    return new Path(folder.uri());
  }

  FileSystem fileSystem() throws IOException {
    return LocalUmask.respectedBy(path().getFileSystem(folder.hadoop().configuration()));
  }

  BlockFormat format() {
    return BlockFormat.forVocabulary(vocabulary, idsPerBlock);
  }
}
