package org.rondo.ingest.text;

import com.google.auto.service.AutoService;
import java.util.List;

/**
 * Words and single marks: a word is a run of letters, digits and the marks that combine with them,
 * by Unicode's categories; every other code point but white space is a token of its own. {@code
 * It's 3.5!} becomes {@code It ' s 3 . 5 !}. {@link WordTokenizer#END_OF_LINE} stands for each LF
 * and for a last line without one.
 *
 * <p>A word of more than {@value WordTokenizer#MAXIMUM_WORD} chars becomes {@link
 * Vocabulary#UNKNOWN}, so that a line of any length is read in bounded memory.
 */
@AutoService(Tokenizer.class)
public final class WordsAndMarksTokenizer implements Tokenizer {
  private static final String NO_SPACE_BEFORE = ".,;:!?)]}%'\u2019\u2026";
  private static final String NO_SPACE_AFTER = "([{'\u2019#$";

  @Override
  public String name() {
    return "words-and-marks";
  }

  @Override
  public String lineEnd() {
    return WordTokenizer.END_OF_LINE;
  }

  /** With spaces as English has them; which spaces the text had, its tokens do not say. */
  @Override
  public String join(List<String> tokens) {
    var text = new StringBuilder();
    String before = lineEnd();
    for (String token : tokens) {
      boolean lineEnds = token.equals(lineEnd());
      if (!lineEnds
          && !before.equals(lineEnd())
          && !NO_SPACE_BEFORE.contains(token)
          && !NO_SPACE_AFTER.contains(before)) {
        text.append(' ');
      }
      text.append(lineEnds ? "\n" : token);
      before = token;
    }
    return text.toString();
  }

  @Override
  public boolean joinsPairwise() {
    return true;
  }

  @Override
  public Cutter cutter(TokenSink sink) {
    Cutter words = new WordTokenizer().cutter(sink);
    return new Cutter() {
      private static final char[] GAP = {' '};

      @Override
      public void accept(char[] chars, int from, int length) {
        int end = from + length;
        for (int i = from; i < end; ) {
          int point = Character.codePointAt(chars, i, end);
          int width = Character.charCount(point);
          if (!isInWord(point) && !Character.isWhitespace(point)) {
            words.accept(GAP, 0, 1);
            words.accept(chars, i, width);
            words.accept(GAP, 0, 1);
          } else {
            words.accept(chars, i, width);
          }
          i += width;
        }
      }

      @Override
      public void flush() {
        words.flush();
      }

      @Override
      public void endFile() {
        words.endFile();
      }
    };
  }

  static boolean isInWord(int point) {
    return Character.isLetterOrDigit(point)
        || switch (Character.getType(point)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.LETTER_NUMBER,
              Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }
}
