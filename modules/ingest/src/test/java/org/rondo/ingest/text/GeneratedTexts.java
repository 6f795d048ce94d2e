package org.rondo.ingest.text;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Texts of all that Unicode has, drawn from a seed. */
final class GeneratedTexts {
  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\n",
          "\r\n",
          "\n\n",
          "\t",
          "\u0000",
          "\u00A0",
          "\u2003",
          "\u0085",
          "\uFEFF",
          "'",
          "''",
          "'s",
          "'ll",
          "'re",
          "'v",
          "'S",
          " 't",
          "can't",
          " the",
          "the ",
          "lower",
          "newest",
          "1234",
          " 3.14",
          "\u00BD",
          "\u2167",
          "...",
          " --",
          "#!?",
          "_",
          "e\u0301",
          "o\u0308\u0323",
          "\u0130\u0131",
          "\u00DF",
          "\uD83D\uDE00",
          "\uD83D\uDC69\u200D\uD83D\uDE80",
          "\uD83C\uDDE9\uD83C\uDDEA",
          "\u2764\uFE0F",
          "\u05E9\u05DC\u05D5\u05DD",
          "\u0645\u0631\u062D\u0628\u0627",
          "\u0661\u0662\u0663",
          "\u202Eabc\u202C",
          "\u0928\u092E\u0938\u094D\u0924\u0947",
          "\u4F60\u597D\uFF0C\u4E16\u754C",
          "\u0E2A\u0E27\u0E31\u0E2A",
          "\uD835\uDC00",
          "<unk>",
          "<eos>");

  private GeneratedTexts() {}

  static Stream<String> of(long seed, int count) {
    var random = new SplittableRandom(seed);
    return Stream.generate(() -> text(random)).limit(count);
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      if (random.nextInt(5) > 0) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      } else {
        text.appendCodePoint(point(random));
      }
    }
    return text.toString();
  }

  /** A character that this JDK knows; libraries differ in those that are newer than it. */
  private static int point(SplittableRandom random) {
    int point;
    do {
      point = random.nextInt(random.nextBoolean() ? 0x3000 : 0x2_0000);
    } while (!Character.isDefined(point) || Character.getType(point) == Character.SURROGATE);
    return point;
  }
}
