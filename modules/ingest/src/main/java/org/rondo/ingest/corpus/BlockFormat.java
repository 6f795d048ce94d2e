package org.rondo.ingest.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;

/**
 * How ids stand in a block: little-endian, unsigned, nothing else. Every block of a split but its
 * last one is full.
 *
 * @param bytesPerId 2 or 4
 * @param idsPerBlock in a full block
 */
record BlockFormat(int bytesPerId, int idsPerBlock) {
  /** A block is read as a whole. */
  private static final int MOST_IDS = 1 << 28;

  BlockFormat {
    if ((bytesPerId != Character.BYTES && bytesPerId != Integer.BYTES)
        || idsPerBlock < 1
        || idsPerBlock > MOST_IDS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "blocks of %d ids of %d bytes", idsPerBlock, bytesPerId));
    }
  }

  /** Two bytes where they suffice. */
  static BlockFormat forVocabulary(int size, int idsPerBlock) {
    return new BlockFormat(
        size <= 1 << Character.SIZE ? Character.BYTES : Integer.BYTES, idsPerBlock);
  }

  /** Where block {@code index} of a split is. */
  static Path path(Path folder, String split, long index) {
    return new Path(folder, String.format(Locale.ROOT, "%s/block-%05d.bin", split, index));
  }

  /**
   * Writes {@code ids[0 ..< count]} as a new file.
   *
   * @return CRC-32C of its bytes
   */
  long write(FileSystem fs, Path path, int[] ids, int count) throws IOException {
    var bytes = ByteBuffer.allocate(count * bytesPerId).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (bytesPerId == Character.BYTES) {
        bytes.putChar((char) ids[i]);
      } else {
        bytes.putInt(ids[i]);
      }
    }
    try (FSDataOutputStream out = fs.create(path, false)) {
      out.write(bytes.array());
    }
    return checksum(bytes.array());
  }

  /**
   * Reads a block that holds {@code held} ids, after checking the whole of it.
   *
   * @throws IngestException if it is not what was written
   */
  int[] read(FileSystem fs, Path path, int held, long checksum) throws IOException {
    var bytes = new byte[held * bytesPerId];
    try {
      long length = fs.getFileStatus(path).getLen();
      if (length != bytes.length) {
        throw damaged(
            path,
            String.format(Locale.ROOT, "it has %d bytes, not %d", length, bytes.length),
            null);
      }
      try (FSDataInputStream in = fs.open(path)) {
        in.readFully(bytes);
      }
    } catch (FileNotFoundException e) {
      throw damaged(path, "it is missing", e);
    } catch (ChecksumException e) {
      throw damaged(path, e.getMessage(), e);
    }
    long actual = checksum(bytes);
    if (actual != checksum) {
      throw damaged(
          path,
          String.format(Locale.ROOT, "its CRC-32C is %08x, not %08x", actual, checksum),
          null);
    }
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var ids = new int[held];
    for (int i = 0; i < held; i++) {
      ids[i] = bytesPerId == Character.BYTES ? values.getChar() : values.getInt();
    }
    return ids;
  }

  private static IngestException damaged(Path path, String how, Throwable cause) {
    return new IngestException(
        String.format(
            Locale.ROOT,
            "corpus: block %s is damaged: %s; delete the corpus folder and prepare it again",
            path,
            how),
        cause);
  }

  static long checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
