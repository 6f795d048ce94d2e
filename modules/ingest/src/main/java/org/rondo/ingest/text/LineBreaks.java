package org.rondo.ingest.text;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Finds in the bytes of a file where its text can be cut: behind an LF that something else than
 * white space follows, so that no tokenizer has anything in progress but that white space, see
 * {@link Tokenizer.Cutter#breakLine}. UTF-8 has LF for nothing else.
 */
final class LineBreaks {
  private final FSDataInputStream in;
  private final long length;
  private final byte[] buffer = new byte[1 << 13];

  /**
   * @param in of the file; its place is changed
   * @param length bytes of the file
   */
  LineBreaks(FSDataInputStream in, long length) {
    this.in = in;
    this.length = length;
  }

  /**
   * The first place to cut at or after a byte: the number of the byte that follows. The beginning
   * of the file is one.
   *
   * @param limit where to give up looking
   * @return the limit, or the length of the file if that is less, where there is none before
   */
  long next(long from, long limit) throws IOException {
    if (from == 0) {
      return 0;
    }
    long end = Math.min(limit, length);
    boolean lineEnded = false;
    long at = from - 1;
    in.seek(at);
    while (at < end) {
      int count = in.read(buffer, 0, buffer.length);
      if (count < 0) {
        return end;
      }
      for (int i = 0; i < count && at < end; i++, at++) {
        if (lineEnded && !mayBeWhite(buffer[i])) {
          return at;
        }
        lineEnded = buffer[i] == '\n';
      }
    }
    return end;
  }

  /** Whether white space of Unicode may begin with that byte, or no character begins with it. */
  private static boolean mayBeWhite(byte first) {
    int b = first & 0xFF;
    return b <= ' ' || (b >= 0x7F && b <= 0xC2) || (b >= 0xE1 && b <= 0xE3) || b > 0xF4;
  }

  /** LFs before a byte. */
  static long count(FSDataInputStream in, long end) throws IOException {
    var buffer = new byte[1 << 16];
    long count = 0;
    long at = 0;
    while (at < end) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, end - at));
      if (read < 0) {
        break;
      }
      for (int i = 0; i < read; i++) {
        count += buffer[i] == '\n' ? 1 : 0;
      }
      at += read;
    }
    return count;
  }
}
