package org.rondo.ingest.corpus;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.text.Vocabulary;

/** Writes one split's ids block by block, holding one block. */
final class SplitWriter {
  private final FileSystem fs;
  private final Path folder;
  private final String split;
  private final BlockFormat format;
  private final int[] block;
  private final List<Long> checksums = new ArrayList<>();
  private int filled;
  private long tokens;
  private long unknown;

  SplitWriter(FileSystem fs, Path folder, String split, BlockFormat format) {
    this.fs = fs;
    this.folder = folder;
    this.split = split;
    this.format = format;
    this.block = new int[format.idsPerBlock()];
  }

  void add(int id) {
    block[filled++] = id;
    tokens++;
    if (id == Vocabulary.UNKNOWN_ID) {
      unknown++;
    }
    if (filled == block.length) {
      writeBlock();
    }
  }

  /** Writes what remains, and tells what was written. */
  Manifest.Content finish() {
    if (filled > 0) {
      writeBlock();
    }
    return new Manifest.Content(tokens, unknown, checksums);
  }

  private void writeBlock() {
    Path path = BlockFormat.path(folder, split, checksums.size());
    checksums.add(
        DiskFailure.worded(
            "corpus: cannot write", path, () -> format.write(fs, path, block, filled)));
    filled = 0;
  }
}
