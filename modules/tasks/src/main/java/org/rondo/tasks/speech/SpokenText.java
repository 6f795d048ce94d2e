package org.rondo.tasks.speech;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.rondo.models.heads.ctc.CtcHead;
import org.rondo.tasks.Example;

/**
 * How a transcript becomes characters: code points, with one space for any white space between two
 * words.
 *
 * @param lowercase whether they are small letters
 */
record SpokenText(boolean lowercase) implements Serializable {
  List<String> characters(Example row) {
    String text = row.text(SpeechTask.TRANSCRIPT).strip().replaceAll("\\s+", " ");
    return (lowercase ? text.toLowerCase(Locale.ROOT) : text)
        .codePoints()
        .mapToObj(Character::toString)
        .toList();
  }

  /**
   * Throws if a transcript has no place in so many steps.
   *
   * @param characters each by a number of its own
   */
  static void requireRoom(Example row, int[] characters, int steps) {
    int least = CtcHead.leastSteps(characters, characters.length);
    if (least > steps) {
      throw row.refused(
          SpeechTask.TRANSCRIPT,
          String.format(
              Locale.ROOT,
              "needs %d steps, one for each character and one between two equal ones, and the sound"
                  + " makes %d; lower %s.stack or %s.hop",
              least,
              steps,
              SpeechTask.NAME,
              SpeechTask.NAME));
    }
  }
}
