package org.rondo.ingest.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.text.Vocabulary;

/** Writes an {@link IdPart}. */
public final class IdPartWriter implements AutoCloseable {
  private final Path path;
  private final String file;
  private final BlockFormat format;
  private final FSDataOutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private long tokens;
  private long unknown;

  IdPartWriter(FileSystem fs, Path folder, String file, BlockFormat format) {
    this.path = new Path(folder, file);
    this.file = file;
    this.format = format;
    this.out = DiskFailure.worded("corpus: cannot write", path, () -> fs.create(path, true));
  }

  /** The next id. */
  public void add(int id) {
    if (!buffer.hasRemaining()) {
      write();
    }
    if (format.bytesPerId() == Character.BYTES) {
      buffer.putChar((char) id);
    } else {
      buffer.putInt(id);
    }
    tokens++;
    unknown += id == Vocabulary.UNKNOWN_ID ? 1 : 0;
  }

  private void write() {
    DiskFailure.worded(
        "corpus: cannot write",
        path,
        () -> {
          out.write(buffer.array(), 0, buffer.position());
          return out;
        });
    buffer.clear();
  }

  /** Ends the file, and tells what is in it. */
  public IdPart finish() {
    write();
    close();
    return new IdPart(file, tokens, unknown);
  }

  @Override
  public void close() {
    DiskFailure.worded(
        "corpus: cannot write",
        path,
        () -> {
          out.close();
          return path;
        });
  }
}
