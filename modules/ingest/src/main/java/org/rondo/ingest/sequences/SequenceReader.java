package org.rondo.ingest.sequences;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.StorageReason;

/** Reads one part of a dataset of sequences from its beginning to its end, and checks all of it. */
final class SequenceReader {
  private static final int BUFFER = 1 << 16;

  private final FileSystem fs;
  private final Path path;
  private final SequenceFormat format;
  private final SequencePart part;

  SequenceReader(FileSystem fs, Path folder, SequenceShape shape, SequencePart part) {
    this.fs = fs;
    this.path = new Path(folder, part.file());
    this.format = new SequenceFormat(shape);
    this.part = part;
  }

  /**
   * Adds sequences {@code [from, to)} of the part.
   *
   * @return bytes of those that were added
   * @throws IngestException if the part is not what was written
   */
  long read(long from, long to, List<Sequence> found) {
    var checksum = new CRC32C();
    try {
      long length = fs.getFileStatus(path).getLen();
      if (length != part.bytes()) {
        throw damaged(
            String.format(Locale.ROOT, "it has %d bytes, not %d", length, part.bytes()), null);
      }
      try (var in =
          new DataInputStream(
              new CheckedInputStream(new BufferedInputStream(fs.open(path), BUFFER), checksum))) {
        long held = read(in, from, to, found);
        if (checksum.getValue() != part.checksum()) {
          throw damaged(
              String.format(
                  Locale.ROOT,
                  "its CRC-32C is %08x, not %08x",
                  checksum.getValue(),
                  part.checksum()),
              null);
        }
        return held;
      }
    } catch (FileNotFoundException e) {
      throw damaged("it is missing", e);
    } catch (ChecksumException | EOFException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw e instanceof IngestException refused ? refused : damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "sequences: cannot read %s: %s", path, StorageReason.of(e)),
          e);
    }
  }

  private long read(DataInputStream in, long from, long to, List<Sequence> found)
      throws IOException {
    long left = part.bytes();
    long held = 0;
    for (long i = 0; i < part.sequences(); i++) {
      Sequence sequence = format.read(in, left);
      left -= format.bytes(sequence);
      if (i >= from && i < to) {
        found.add(sequence);
        held += format.bytes(sequence);
      }
    }
    return held;
  }

  private IngestException damaged(String how, Throwable cause) {
    return new IngestException(
        String.format(
            Locale.ROOT, "sequences: %s is damaged: %s; write the dataset again", path, how),
        cause);
  }
}
