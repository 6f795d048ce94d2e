package org.rondo.ingest.sequences;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.StorageReason;

/**
 * Reads the sequences of one part, in the order in which they were written. Whoever reads to the
 * end knows that the part is as it was written.
 */
public final class SequenceReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final SequenceFormat format;
  private final SequencePart part;
  private final DataInputStream in;
  private final CRC32C checksum = new CRC32C();
  private long read;
  private long bytes;

  private SequenceReader(Path path, SequenceFormat format, SequencePart part, DataInputStream in) {
    this.path = path;
    this.format = format;
    this.part = part;
    this.in = in;
  }

  /**
   * Opens a part.
   *
   * @throws IngestException if it is missing, or has another length than when it was written
   */
  static SequenceReader open(FileSystem fs, Path folder, SequenceFormat format, SequencePart part) {
    var path = new Path(folder, part.file());
    return reading(
        path,
        () -> {
          long length = fs.getFileStatus(path).getLen();
          if (length != part.bytes()) {
            throw damaged(
                path,
                String.format(Locale.ROOT, "it has %d bytes, not %d", length, part.bytes()),
                null);
          }
          var in = new DataInputStream(new BufferedInputStream(fs.open(path), BUFFER));
          return new SequenceReader(path, format, part, in);
        });
  }

  /**
   * The next sequence; empty behind the last one.
   *
   * @throws IngestException if the part is not what was written
   */
  public Optional<Sequence> next() {
    return nextEncoded()
        .map(encoded -> reading(path, () -> format.decode(ByteBuffer.wrap(encoded))));
  }

  /** As {@link #next}, in the format of the part; nothing but its length was checked. */
  Optional<byte[]> nextEncoded() {
    return reading(path, this::readNext);
  }

  private Optional<byte[]> readNext() throws IOException {
    if (read == part.sequences()) {
      requireWhole();
      return Optional.empty();
    }
    var head = new byte[SequenceFormat.HEAD];
    in.readFully(head);
    byte[] encoded = Arrays.copyOf(head, format.size(head, part.bytes() - bytes));
    in.readFully(encoded, head.length, encoded.length - head.length);
    checksum.update(encoded);
    read++;
    bytes += encoded.length;
    return Optional.of(encoded);
  }

  private void requireWhole() {
    if (bytes != part.bytes()) {
      throw damaged(
          path,
          String.format(Locale.ROOT, "its sequences end after %d of %d bytes", bytes, part.bytes()),
          null);
    }
    if (checksum.getValue() != part.checksum()) {
      throw damaged(
          path,
          String.format(
              Locale.ROOT, "its CRC-32C is %08x, not %08x", checksum.getValue(), part.checksum()),
          null);
    }
  }

  /** Bytes of the sequences read so far: where the next one begins. */
  long position() {
    return bytes;
  }

  @Override
  public void close() {
    reading(
        path,
        () -> {
          in.close();
          return path;
        });
  }

  /** What reads a part. */
  interface Reading<T> {
    T run() throws IOException;
  }

  /** The result of reading; a failure in one sentence that names the part. */
  static <T> T reading(Path path, Reading<T> reading) {
    try {
      return reading.run();
    } catch (FileNotFoundException e) {
      throw damaged(path, "it is missing", e);
    } catch (ChecksumException | EOFException e) {
      throw damaged(path, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw e instanceof IngestException refused ? refused : damaged(path, e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "sequences: cannot read %s: %s", path, StorageReason.of(e)),
          e);
    }
  }

  static IngestException damaged(Path path, String how, Throwable cause) {
    return new IngestException(
        String.format(
            Locale.ROOT, "sequences: %s is damaged: %s; write the dataset again", path, how),
        cause);
  }
}
