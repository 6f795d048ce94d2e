package org.rondo.ingest.text;

import com.google.auto.service.AutoService;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/**
 * Words by the JDK's rules of text boundaries: {@code can't} and {@code 3.14} are words, so is a
 * run of ideographs, and every mark is a token of its own. {@link WordTokenizer#END_OF_LINE} stands
 * for each LF and for a last line without one. The rules are the same in every locale; those of
 * another version of Java may differ.
 *
 * <p>A word of more than {@value WordTokenizer#MAXIMUM_WORD} chars becomes {@link
 * Vocabulary#UNKNOWN}, and a line of any length is read in bounded memory.
 *
 * @see BreakIterator
 */
@AutoService(Tokenizer.class)
public final class UnicodeWordTokenizer implements Tokenizer {
  private static final WordsAndMarksTokenizer MARKS = new WordsAndMarksTokenizer();

  @Override
  public String name() {
    return "unicode-words";
  }

  @Override
  public String lineEnd() {
    return WordTokenizer.END_OF_LINE;
  }

  /** With spaces as English has them; which spaces the text had, its tokens do not say. */
  @Override
  public String join(List<String> tokens) {
    return MARKS.join(tokens);
  }

  @Override
  public boolean joinsPairwise() {
    return MARKS.joinsPairwise();
  }

  @Override
  public Cutter cutter(TokenSink sink) {
    return new WordCutter(new WordTokenizer().cutter(sink));
  }

  private static final class WordCutter implements Cutter {
    /** Chars of a line that are looked at together. */
    private static final int PART = 1 << 16;

    private static final char[] GAP = {' '};
    private static final char[] LINE_END = {'\n'};

    private final Cutter words;
    private final BreakIterator boundaries = BreakIterator.getWordInstance(Locale.ROOT);
    private final char[] line = new char[PART + 1];
    private int length;

    /** Whether the line goes on within a word that was handed on as far as it was there. */
    private boolean continued;

    WordCutter(Cutter words) {
      this.words = words;
    }

    @Override
    public void accept(char[] chars, int from, int count) {
      for (int i = from; i < from + count; i++) {
        if (chars[i] == '\n') {
          flush();
          words.accept(LINE_END, 0, 1);
          continue;
        }
        line[length++] = chars[i];
        if (length >= PART && !Character.isHighSurrogate(chars[i])) {
          cutPart();
        }
      }
    }

    /** All words but the last, which may go on; of a word that is longer, what there is. */
    private void cutPart() {
      int last = emit(false);
      continued = last == 0;
      length = continued ? 0 : length - last;
      System.arraycopy(line, last, line, 0, length);
    }

    @Override
    public void flush() {
      emit(true);
      words.flush();
      length = 0;
      continued = false;
    }

    /**
     * Hands words on.
     *
     * @return where the last one begins that was not; 0 if all were
     */
    private int emit(boolean withLast) {
      var text = new String(line, 0, length);
      boundaries.setText(text);
      int start = boundaries.first();
      for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
        if (end == length && !withLast && start > 0) {
          return start;
        }
        word(start, end);
        start = end;
      }
      return 0;
    }

    private void word(int start, int end) {
      if (!continued) {
        words.accept(GAP, 0, 1);
      }
      continued = false;
      if (!isWhite(line[start])) {
        words.accept(line, start, end - start);
      }
    }

    /** White space is a word of its own to the rules. */
    private static boolean isWhite(char c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    @Override
    public void endFile() {
      flush();
      words.endFile();
    }
  }
}
