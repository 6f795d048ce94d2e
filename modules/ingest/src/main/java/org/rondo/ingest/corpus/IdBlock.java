package org.rondo.ingest.corpus;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DiskFailure;

/**
 * A block that is made of pieces of parts.
 *
 * @param index of the block in its split
 */
public record IdBlock(String split, int index, List<Piece> pieces) implements Serializable {
  /**
   * Ids {@code from ..< from + count} of a file.
   *
   * @param file of an {@link IdPart}
   */
  record Piece(String file, long from, int count) implements Serializable {}

  /** The blocks of parts that follow one another. */
  static List<IdBlock> of(String split, List<IdPart> parts, int idsPerBlock) {
    var blocks = new ArrayList<IdBlock>();
    var pieces = new ArrayList<Piece>();
    int filled = 0;
    for (IdPart part : parts) {
      for (long at = 0; at < part.tokens(); ) {
        int count = (int) Math.min(idsPerBlock - filled, part.tokens() - at);
        pieces.add(new Piece(part.file(), at, count));
        at += count;
        filled += count;
        if (filled == idsPerBlock) {
          blocks.add(new IdBlock(split, blocks.size(), List.copyOf(pieces)));
          pieces.clear();
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      blocks.add(new IdBlock(split, blocks.size(), List.copyOf(pieces)));
    }
    return blocks;
  }

  /**
   * Writes the block. A task that runs twice writes the same bytes twice, and one of them stays.
   *
   * @param attempt number of the task's attempt, unlike that of any other
   * @return CRC-32C of its bytes
   */
  public long write(CorpusAssembly assembly, long attempt) {
    Path path = BlockFormat.path(assembly.path(), split, index);
    return DiskFailure.worded(
        "corpus: cannot write", path, () -> write(assembly, path, path.suffix("." + attempt)));
  }

  private long write(CorpusAssembly assembly, Path path, Path written) throws IOException {
    FileSystem fs = assembly.fileSystem();
    int bytesPerId = assembly.format().bytesPerId();
    var bytes = new byte[pieces.stream().mapToInt(Piece::count).sum() * bytesPerId];
    int done = 0;
    for (Piece piece : pieces) {
      try (FSDataInputStream in = fs.open(new Path(assembly.path(), piece.file()))) {
        in.readFully(piece.from() * bytesPerId, bytes, done, piece.count() * bytesPerId);
      }
      done += piece.count() * bytesPerId;
    }
    try (FSDataOutputStream out = fs.create(written, true)) {
      out.write(bytes);
    }
    // What another attempt has put there is the same; S3A refuses to rename to it by an exception.
    if (fs.exists(path) || !fs.rename(written, path)) {
      if (!fs.exists(path)) {
        throw new IOException("cannot rename " + written.getName());
      }
      fs.delete(written, false);
    }
    return BlockFormat.checksum(bytes);
  }
}
