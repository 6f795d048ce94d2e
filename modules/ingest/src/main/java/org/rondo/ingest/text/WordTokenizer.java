package org.rondo.ingest.text;

import com.google.auto.service.AutoService;
import java.util.List;

/**
 * Words between white space ({@link Character#isWhitespace(char)}, so CR is a gap), and {@value
 * #END_OF_LINE} for each LF and for a last line without one. An empty line is one {@value
 * #END_OF_LINE}.
 *
 * <p>A run of more than {@value #MAXIMUM_WORD} chars is no word: it becomes {@link
 * Vocabulary#UNKNOWN}, so that a line of any length is read in bounded memory.
 */
@AutoService(Tokenizer.class)
public final class WordTokenizer implements Tokenizer {
  /** The token that ends a line. */
  public static final String END_OF_LINE = "<eos>";

  /** Chars that a word may have. */
  public static final int MAXIMUM_WORD = 1024;

  @Override
  public String name() {
    return "words";
  }

  @Override
  public String lineEnd() {
    return END_OF_LINE;
  }

  @Override
  public String join(List<String> tokens) {
    var text = new StringBuilder();
    boolean lineStarts = true;
    for (String token : tokens) {
      boolean lineEnds = token.equals(END_OF_LINE);
      if (!lineStarts && !lineEnds) {
        text.append(' ');
      }
      text.append(lineEnds ? "\n" : token);
      lineStarts = lineEnds;
    }
    return text.toString();
  }

  @Override
  public boolean joinsPairwise() {
    return true;
  }

  @Override
  public Cutter cutter(TokenSink sink) {
    return new WordCutter(sink);
  }

  private static final class WordCutter implements Cutter {
    private static final char[] EOS = END_OF_LINE.toCharArray();
    private static final char[] UNKNOWN = Vocabulary.UNKNOWN.toCharArray();

    private final TokenSink sink;

    /** Room for one char more than a word may have: a full buffer is an overlong run. */
    private final char[] word = new char[MAXIMUM_WORD + 1];

    private int length;
    private boolean lineOpen;

    WordCutter(TokenSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(char[] chars, int from, int count) {
      for (int i = from; i < from + count; i++) {
        char c = chars[i];
        if (c == '\n') {
          flush();
          endLine();
          continue;
        }
        lineOpen = true;
        if (Character.isWhitespace(c)) {
          flush();
        } else if (length < word.length) {
          word[length++] = c;
        }
      }
    }

    @Override
    public void flush() {
      if (length > MAXIMUM_WORD) {
        sink.token(UNKNOWN, 0, UNKNOWN.length);
      } else if (length > 0) {
        sink.token(word, 0, length);
      }
      length = 0;
    }

    @Override
    public void endFile() {
      flush();
      if (lineOpen) {
        endLine();
      }
    }

    private void endLine() {
      sink.token(EOS, 0, EOS.length);
      lineOpen = false;
    }
  }
}
