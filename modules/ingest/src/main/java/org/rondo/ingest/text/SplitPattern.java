package org.rondo.ingest.text;

import java.util.Locale;
import org.rondo.ingest.IngestException;

/**
 * Cuts text as GPT-2's pattern does, within whose matches byte pairs are merged:
 *
 * <pre>{@code
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 * }</pre>
 *
 * <p>Every character is in one of the words. One pass of a state machine, since a regular
 * expression cannot go on in the next piece of a text. Letters and numbers are those of the JDK's
 * Unicode version.
 */
final class SplitPattern implements Tokenizer.Cutter {
  /** Chars of a word; longer runs are cut there, so that a text of one run needs bounded memory. */
  static final int MAXIMUM_WORD = 1 << 16;

  private static final byte NOTHING = 0;
  private static final byte LETTERS = 1;
  private static final byte NUMBERS = 2;
  private static final byte MARKS = 3;
  private static final byte WHITE = 4;

  /** An apostrophe that nothing stands before, and perhaps the r, v or l of a contraction. */
  private static final byte APOSTROPHE = 5;

  private static final byte SURROGATE = 6;

  private static final byte[] KINDS = new byte[1 << 16];

  static {
    for (int c = 0; c < KINDS.length; c++) {
      KINDS[c] = kind(c);
    }
  }

  private final TokenSink sink;
  private final char[] run = new char[MAXIMUM_WORD + 2];
  private int length;
  private byte kind = NOTHING;

  SplitPattern(TokenSink sink) {
    this.sink = sink;
  }

  private static byte kind(int point) {
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          LETTERS;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBERS;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          WHITE;
      case Character.SURROGATE -> SURROGATE;
      default -> (point >= '\t' && point <= '\r') || point == 0x85 ? WHITE : MARKS;
    };
  }

  @Override
  public void accept(char[] chars, int from, int count) {
    int end = from + count;
    for (int i = from; i < end; i++) {
      char c = chars[i];
      byte next = KINDS[c];
      if (next == SURROGATE) {
        int point = Character.codePointAt(chars, i, end);
        requirePair(point);
        begin(c, kind(point));
        run[length++] = c;
        run[length++] = chars[++i];
      } else if (kind != APOSTROPHE || !isContracted(c)) {
        begin(c, next);
        run[length++] = c;
      }
    }
  }

  private static void requirePair(int point) {
    if (Character.getType(point) == Character.SURROGATE) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: U+%04X is half of a surrogate pair and stands alone, so it is no character and has no bytes in UTF-8",
              point));
    }
  }

  /** Ends the word in progress unless a character of that kind belongs to it. */
  private void begin(char c, byte next) {
    if (kind == APOSTROPHE) {
      endApostrophe();
    }
    if (next == kind && length < MAXIMUM_WORD) {
      return;
    }
    if (kind == WHITE && next != WHITE) {
      endWhite();
    } else {
      emit(length);
    }
    kind = c == '\'' && length == 0 ? APOSTROPHE : next;
  }

  /** The last space before a word belongs to it; other white space stands by itself. */
  private void endWhite() {
    char last = run[length - 1];
    length--;
    emit(length);
    run[length++] = last;
    if (last != ' ') {
      emit(length);
    }
  }

  /** No contraction: the mark begins a run of marks, a letter behind it a run of letters. */
  private void endApostrophe() {
    kind = MARKS;
    if (length == 2) {
      char letter = run[1];
      emit(1);
      run[length++] = letter;
      kind = LETTERS;
    }
  }

  /** Takes a letter that belongs to a contraction. */
  private boolean isContracted(char c) {
    boolean first = length == 1;
    boolean ends = first ? "stmd".indexOf(c) >= 0 : c == (run[1] == 'l' ? 'l' : 'e');
    if (!ends && !(first && "rvl".indexOf(c) >= 0)) {
      return false;
    }
    run[length++] = c;
    if (ends) {
      emit(length);
      kind = NOTHING;
    }
    return true;
  }

  private void emit(int count) {
    if (count > 0) {
      sink.token(run, 0, count);
    }
    length = 0;
  }

  @Override
  public void flush() {
    if (kind == APOSTROPHE) {
      endApostrophe();
    }
    emit(length);
    kind = NOTHING;
  }

  /** White space that ends so is cut as before a word. */
  @Override
  public void breakLine() {
    if (kind == WHITE) {
      endWhite();
    }
    flush();
  }

  @Override
  public void endFile() {
    flush();
  }
}
