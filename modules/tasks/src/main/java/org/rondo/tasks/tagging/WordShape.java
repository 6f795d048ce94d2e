package org.rondo.tasks.tagging;

import java.util.Locale;

/** How a word is written, by the Unicode categories of its code points. */
enum WordShape {
  /** No letter and no digit. */
  MARKS,
  /** Digits, perhaps with marks: {@code 3.5}. */
  DIGITS,
  /** Letters with digits: {@code B52}. */
  LETTERS_AND_DIGITS,
  /** No capital. */
  SMALL,
  /** A capital, then none: {@code Paris}, {@code I}. */
  CAPITALIZED,
  /** Capitals only, two at least. */
  CAPITALS,
  /** Capitals elsewhere: {@code McKay}. */
  MIXED;

  /** As a vocabulary holds it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static WordShape of(String word) {
    long letters = word.codePoints().filter(Character::isLetter).count();
    boolean digits = word.codePoints().anyMatch(Character::isDigit);
    long capitals = word.codePoints().filter(WordShape::isCapital).count();
    if (letters == 0 || digits) {
      return letters > 0 ? LETTERS_AND_DIGITS : digits ? DIGITS : MARKS;
    }
    if (capitals == 0) {
      return SMALL;
    }
    if (capitals == 1 && isCapital(word.codePointAt(0))) {
      return CAPITALIZED;
    }
    return capitals == letters ? CAPITALS : MIXED;
  }

  private static boolean isCapital(int point) {
    return Character.isUpperCase(point) || Character.isTitleCase(point);
  }
}
