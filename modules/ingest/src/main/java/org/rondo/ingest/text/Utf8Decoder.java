package org.rondo.ingest.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.rondo.ingest.IngestException;

/** Decodes one file's bytes strictly and piece by piece, knowing line and byte at each moment. */
final class Utf8Decoder {
  private static final int PIECE = 1 << 16;
  private static final char REPLACEMENT = '\uFFFD';

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final InvalidUtf8 treatment;
  private final Tokenizer.Cutter cutter;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(PIECE);
  private final CharBuffer chars = CharBuffer.allocate(PIECE);
  private final LongSupplier linesBefore;
  private boolean atStart;
  private long line = 1;
  private long bytesBefore;
  private long replaced;

  /** The file's name is for messages. */
  Utf8Decoder(String file, InvalidUtf8 treatment, Tokenizer.Cutter cutter) {
    this(file, treatment, cutter, 0, () -> 0);
  }

  /**
   * Of a file from the beginning of a line on.
   *
   * @param start byte of the file
   * @param linesBefore lines before it; asked for a message alone
   */
  Utf8Decoder(
      String file,
      InvalidUtf8 treatment,
      Tokenizer.Cutter cutter,
      long start,
      LongSupplier linesBefore) {
    this.file = file;
    this.treatment = treatment;
    this.cutter = cutter;
    this.linesBefore = linesBefore;
    bytesBefore = start;
    atStart = start == 0;
  }

  /**
   * Sends the whole stream to the cutter; the file is not ended there.
   *
   * @param afterPiece run after each piece of {@value #PIECE} bytes at most
   * @return invalid sequences replaced
   * @throws IngestException at the first invalid sequence if they are rejected
   */
  long decode(InputStream in, Runnable afterPiece) throws IOException {
    boolean end = false;
    while (!end) {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      end = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0)).flip();
      CoderResult result;
      do {
        result = decoder.decode(bytes, chars, end);
        handOver();
        if (result.isError()) {
          invalid(result.length());
        }
      } while (!result.isUnderflow());
      bytesBefore += bytes.position();
      bytes.compact();
      afterPiece.run();
    }
    return replaced;
  }

  private void handOver() {
    char[] piece = chars.array();
    int length = chars.position();
    for (int i = 0; i < length; i++) {
      if (piece[i] == '\n') {
        line++;
      }
    }
    // The mark that some programs put before UTF-8 is no part of the text.
    int from = atStart && length > 0 && piece[0] == BYTE_ORDER_MARK ? 1 : 0;
    atStart &= length == 0;
    cutter.accept(piece, from, length - from);
    chars.clear();
  }

  private void invalid(int length) {
    if (treatment == InvalidUtf8.REJECT) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: %s, line %d: byte %d (0x%02X) is not UTF-8; convert the file, or set data.invalid_utf8 = replace",
              file,
              linesBefore.getAsLong() + line,
              bytesBefore + bytes.position(),
              bytes.get(bytes.position()) & 0xFF));
    }
    bytes.position(bytes.position() + length);
    chars.put(REPLACEMENT);
    handOver();
    replaced++;
  }
}
