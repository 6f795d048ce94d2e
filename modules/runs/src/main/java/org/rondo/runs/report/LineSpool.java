package org.rondo.runs.report;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lines that may be needed again as a whole, in a temporary file of this machine rather than in
 * memory; it is deleted when the process ends, see {@link SpoolFile}. While that file cannot be
 * written, as with a full or read-only temporary folder, lines wait in memory.
 */
final class LineSpool {
  private final Consumer<String> warnings;
  private final Optional<FileChannel> file;
  private final List<String> waiting = new ArrayList<>();
  private long length;
  private boolean told;

  /** With nobody to tell when the temporary folder cannot be written. */
  LineSpool() {
    this(text -> {});
  }

  /**
   * @param warnings is told when the temporary folder cannot be written
   */
  LineSpool(Consumer<String> warnings) {
    this.warnings = warnings;
    file = create();
  }

  private Optional<FileChannel> create() {
    try {
      return Optional.of(SpoolFile.create());
    } catch (IOException | RuntimeException e) {
      tell(e);
      return Optional.empty();
    }
  }

  private void tell(Exception e) {
    if (!told) {
      told = true;
      warnings.accept(
          String.format(
              Locale.ROOT,
              "warning: the temporary folder %s (java.io.tmpdir) cannot be written: %s; events wait in memory",
              System.getProperty("java.io.tmpdir"),
              e.getMessage()));
    }
  }

  void add(String line) {
    waiting.add(line);
    if (file.isEmpty()) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(waitingBytes());
    int count = bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        file.get().write(bytes, length + bytes.position());
      }
      length += count; // what an attempt that failed has written is written over
      waiting.clear();
    } catch (IOException e) {
      tell(e);
    }
  }

  private byte[] waitingBytes() {
    var text = new StringBuilder();
    waiting.forEach(line -> text.append(line).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads all lines; the caller closes it. */
  BufferedReader read() {
    return new BufferedReader(new InputStreamReader(all(), StandardCharsets.UTF_8));
  }

  private InputStream all() {
    var rest = new ByteArrayInputStream(waitingBytes());
    return file.isEmpty() ? rest : new SequenceInputStream(new Written(file.get(), length), rest);
  }

  /** The file up to a length, without opening it again: closing that would give up its lock. */
  private static final class Written extends InputStream {
    private final FileChannel file;
    private final long length;
    private long position;

    Written(FileChannel file, long length) {
      this.file = file;
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      if (position >= length) {
        return -1;
      }
      int most = (int) Math.min(count, length - position);
      int read = file.read(ByteBuffer.wrap(target, from, most), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
