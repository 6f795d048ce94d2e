package org.rondo.tasks.speech;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
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
}
