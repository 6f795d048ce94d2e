package org.rondo.ingest.text;

/**
 * Makes every letter small, code point by code point ({@link Character#toLowerCase(int)}), so that
 * the result depends neither on a locale nor on where a text is cut into pieces.
 */
public final class Lowercase implements Tokenizer.Cutter {
  private final Tokenizer.Cutter next;
  private final StringBuilder lowered = new StringBuilder();

  /** Hands what it made to {@code next}. */
  Lowercase(Tokenizer.Cutter next) {
    this.next = next;
  }

  /** A whole text in small letters. */
  public static String of(String text) {
    var lowered = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(lowered::appendCodePoint);
    return lowered.toString();
  }

  @Override
  public void accept(char[] chars, int from, int length) {
    lowered.setLength(0);
    int end = from + length;
    for (int i = from; i < end; ) {
      int point = Character.codePointAt(chars, i, end);
      lowered.appendCodePoint(Character.toLowerCase(point));
      i += Character.charCount(point);
    }
    var text = new char[lowered.length()];
    lowered.getChars(0, text.length, text, 0);
    next.accept(text, 0, text.length);
  }

  @Override
  public void flush() {
    next.flush();
  }

  @Override
  public void breakLine() {
    next.breakLine();
  }

  @Override
  public void endFile() {
    next.endFile();
  }
}
