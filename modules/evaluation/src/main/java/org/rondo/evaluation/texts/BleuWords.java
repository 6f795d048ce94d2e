package org.rondo.evaluation.texts;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words of a text as the script mteval-v13a of NIST cuts them, which sacreBLEU calls {@code 13a}:
 * marks stand by themselves, but for a point or comma between digits, and a hyphen or apostrophe
 * between letters.
 */
final class BleuWords {
  private static final Pattern MARKS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern POINT_BEHIND_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_BEHIND_DIGIT = Pattern.compile("([0-9])(-)");

  private BleuWords() {}

  static List<String> of(String text) {
    String line =
        TextSpace.stripEnd(text).replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    line =
        line.replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    line = MARKS.matcher(" " + line + " ").replaceAll(" $1 ");
    line = POINT_BEHIND_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
    line = POINT_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
    return TextSpace.split(HYPHEN_BEHIND_DIGIT.matcher(line).replaceAll("$1 $2 "));
  }
}
