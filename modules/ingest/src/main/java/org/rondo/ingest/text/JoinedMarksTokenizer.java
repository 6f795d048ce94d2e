package org.rondo.ingest.text;

import com.google.auto.service.AutoService;
import java.util.List;

/**
 * Words and single marks as {@link WordsAndMarksTokenizer} cuts them, where a mark says by {@value
 * #JOINT} on which sides it stood without a space, so that {@link #join} writes the text as it was
 * but for the width of its gaps. {@code It's (3.5).} becomes {@code It ￭'￭ s (￭ 3 ￭.￭ 5 ￭) ￭.} Of
 * two marks side by side the second one says so. {@value #JOINT} in a text is read as ■.
 */
@AutoService(Tokenizer.class)
public final class JoinedMarksTokenizer implements Tokenizer {
  /** No space stands on this side of a mark. */
  static final char JOINT = '\uFFED';

  private static final char[] IN_PLACE_OF_JOINT = {'\u25A0'};
  private static final String JOINED = String.valueOf(JOINT);

  @Override
  public String name() {
    return "words-and-joined-marks";
  }

  @Override
  public String lineEnd() {
    return WordTokenizer.END_OF_LINE;
  }

  @Override
  public String join(List<String> tokens) {
    var text = new StringBuilder();
    boolean joined = true;
    for (String token : tokens) {
      if (token.equals(lineEnd())) {
        text.append('\n');
        joined = true;
        continue;
      }
      boolean toLeft = token.startsWith(JOINED);
      boolean toRight = token.length() > 1 && token.endsWith(JOINED);
      if (!joined && !toLeft) {
        text.append(' ');
      }
      text.append(token, toLeft ? 1 : 0, token.length() - (toRight ? 1 : 0));
      joined = toRight;
    }
    return text.toString();
  }

  @Override
  public boolean joinsPairwise() {
    return true;
  }

  @Override
  public Cutter cutter(TokenSink sink) {
    return new MarkCutter(new WordTokenizer().cutter(sink));
  }

  /** Writes gaps and joints between the words of a text that is cut at gaps. */
  private static final class MarkCutter implements Cutter {
    private static final char[] GAP = {' '};
    private static final char[] JOINTS = {JOINT};

    /** What was read last. */
    private enum Last {
      GAP,
      WORD,
      MARK
    }

    private final Cutter words;
    private Last last = Last.GAP;

    MarkCutter(Cutter words) {
      this.words = words;
    }

    @Override
    public void accept(char[] chars, int from, int length) {
      int end = from + length;
      for (int i = from; i < end; ) {
        int point = Character.codePointAt(chars, i, end);
        int width = Character.charCount(point);
        if (Character.isWhitespace(point)) {
          words.accept(chars, i, width);
          last = Last.GAP;
        } else if (WordsAndMarksTokenizer.isInWord(point)) {
          if (last == Last.MARK) {
            words.accept(JOINTS, 0, 1);
            words.accept(GAP, 0, 1);
          }
          words.accept(chars, i, width);
          last = Last.WORD;
        } else {
          if (last != Last.GAP) {
            words.accept(GAP, 0, 1);
            words.accept(JOINTS, 0, 1);
          }
          if (point == JOINT) {
            words.accept(IN_PLACE_OF_JOINT, 0, 1);
          } else {
            words.accept(chars, i, width);
          }
          last = Last.MARK;
        }
        i += width;
      }
    }

    @Override
    public void flush() {
      words.flush();
      last = Last.GAP;
    }

    @Override
    public void endFile() {
      words.endFile();
      last = Last.GAP;
    }
  }
}
