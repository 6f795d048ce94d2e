package org.rondo.ingest.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One visible character for each of the 256 bytes, so that any sequence of bytes is a string
 * without white space: GPT-2's alphabet. The bytes of visible Latin-1 characters are those
 * characters; the others are U+0100, U+0101, ... in their order, so that a space is {@code Ġ} and
 * LF is {@code Ċ}.
 *
 * @see <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">Radford et al. 2019</a>
 */
final class ByteAlphabet {
  static final int SIZE = 256;
  private static final int FIRST_OTHER = 0x100;
  private static final char[] CHARS = new char[SIZE];
  private static final int[] BYTES = new int[2 * SIZE];

  static {
    Arrays.fill(BYTES, -1);
    int other = FIRST_OTHER;
    for (int value = 0; value < SIZE; value++) {
      boolean visible = (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
      CHARS[value] = (char) (visible ? value : other++);
      BYTES[CHARS[value]] = value;
    }
  }

  private ByteAlphabet() {}

  /** The character of a byte, 0 to 255. */
  static char of(int value) {
    return CHARS[value];
  }

  /** Spells bytes. */
  static String of(byte[] bytes) {
    var text = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[i] = CHARS[bytes[i] & 0xFF];
    }
    return new String(text);
  }

  /**
   * The bytes that a token spells; of one that spells none, its own in UTF-8, such as a special
   * token's.
   */
  static byte[] bytes(String token) {
    var bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      int value = token.charAt(i) < BYTES.length ? BYTES[token.charAt(i)] : -1;
      if (value < 0) {
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  /** For messages. */
  static String describe(int value) {
    return String.format(Locale.ROOT, "byte 0x%02X (\"%c\")", value, CHARS[value]);
  }
}
