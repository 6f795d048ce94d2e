package org.rondo.evaluation.texts;

import java.util.ArrayList;
import java.util.List;
import org.rondo.ingest.text.Lowercase;

/**
 * White space as Python's {@code str.split} has it, which the definitions of sacreBLEU rest on:
 * Unicode's separators, control characters that move to another place, and U+0085.
 */
public final class TextSpace {
  private static final int NEXT_LINE = 0x85;

  private TextSpace() {}

  static boolean is(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == NEXT_LINE;
  }

  /** Whether there is nothing else. */
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(TextSpace::is);
  }

  /**
   * The words with one space between them, as transcripts are learned and compared.
   *
   * @param lowercase whether letters are made small
   */
  public static String plain(String text, boolean lowercase) {
    String words = String.join(" ", split(text));
    return lowercase ? Lowercase.of(words) : words;
  }

  /** What stands between white space. */
  public static List<String> split(String text) {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= text.length(); ) {
      int point = i == text.length() ? ' ' : text.codePointAt(i);
      if (is(point)) {
        if (start >= 0) {
          words.add(text.substring(start, i));
        }
        start = -1;
      } else if (start < 0) {
        start = i;
      }
      i += Character.charCount(point);
    }
    return words;
  }

  /** The code points that are no white space. */
  static int[] without(String text) {
    return text.codePoints().filter(point -> !is(point)).toArray();
  }

  /** The text without white space at its end. */
  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && is(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }
}
