package org.rondo.frames.formats;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.ZstdCodec;

/**
 * The lines of a UTF-8 file, decompressed by its extension ({@code .gz}, {@code .bz2}, {@code
 * .zst}, ...), with their numbers. Lines end with LF or CR LF; a byte order mark is no part of the
 * first one.
 */
public final class TextLines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long number;

  /**
   * @param file for messages
   * @param in is closed with this
   */
  public TextLines(String file, InputStream in) {
    this.file = file;
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /**
   * Opens a file.
   *
   * @throws UncheckedIOException if it cannot be opened
   */
  public static TextLines open(String file, Configuration hadoop) {
    try {
      InputStream raw = RawFile.open(file, hadoop);
      CompressionCodec codec = ZstdCodec.of(new Path(file), new CompressionCodecFactory(hadoop));
      return new TextLines(file, codec == null ? raw : codec.createInputStream(raw));
    } catch (IOException e) {
      throw RawFile.unreadable(file, e);
    }
  }

  /** The file, for messages. */
  public String file() {
    return file;
  }

  /** Number of the line that was read last, from 1. */
  public long number() {
    return number;
  }

  /**
   * The next line without its end; null after the last one.
   *
   * @throws IngestException if it is not UTF-8, naming the line
   */
  public String next() {
    bytes.reset();
    try {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      for (; next >= 0 && next != '\n'; next = in.read()) {
        bytes.write(next);
      }
    } catch (IOException e) {
      throw RawFile.unreadable(file, e);
    }
    number++;
    String line = decoded();
    int from = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    int to = line.endsWith("\r") ? line.length() - 1 : line.length();
    return line.substring(from, Math.max(from, to));
  }

  /** All that is left, with ends of lines as LF, without the last one. */
  String rest() {
    var text = new StringBuilder();
    for (String line = next(); line != null; line = next()) {
      text.append(text.length() == 0 && number == 1 ? "" : "\n").append(line);
    }
    return text.toString();
  }

  private String decoded() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT, "data: %s, line %d is not UTF-8; convert the file", file, number),
          e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw RawFile.unreadable(file, e);
    }
  }
}
