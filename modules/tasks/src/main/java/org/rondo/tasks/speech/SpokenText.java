package org.rondo.tasks.speech;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.evaluation.texts.TextSpace;
import org.rondo.kernels.ValueException;
import org.rondo.models.heads.ctc.CtcHead;
import org.rondo.tasks.Example;
import org.rondo.tasks.TaskSettings;

/**
 * How a transcript becomes symbols: its code points, with one space for any white space between two
 * words; or its words, which may as well be phonemes, with white space between them.
 *
 * @param symbols {@link #CHARACTERS} or {@link #WORDS}; language models name their tokenizers so
 *     too
 * @param lowercase whether letters are small
 */
record SpokenText(String symbols, boolean lowercase) implements Serializable {
  static final String CHARACTERS = "characters";
  static final String WORDS = "words";

  SpokenText {
    ValueException.unless(
        List.of(CHARACTERS, WORDS).contains(symbols), "symbols", symbols, "is neither");
  }

  static SpokenText of(TaskSettings settings) {
    return new SpokenText(
        settings.choice("symbols", List.of(CHARACTERS, WORDS)), settings.flag("lowercase"));
  }

  boolean isOfWords() {
    return symbols.equals(WORDS);
  }

  /** One symbol, for messages. */
  String symbol() {
    return isOfWords() ? "word" : "character";
  }

  /** What stands between two symbols of a transcript. */
  String between() {
    return isOfWords() ? " " : "";
  }

  /** The symbols of a row's transcript. */
  List<String> of(Example row) {
    String said = TextSpace.plain(row.text(SpeechTask.TRANSCRIPT), lowercase);
    return isOfWords()
        ? TextSpace.split(said)
        : said.codePoints().mapToObj(Character::toString).toList();
  }

  /**
   * Throws if a transcript has no place in so many steps.
   *
   * @param transcript its symbols
   */
  void requireRoom(Example row, List<String> transcript, int steps) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] numbered =
        transcript.stream()
            .mapToInt(symbol -> numbers.computeIfAbsent(symbol, s -> numbers.size()))
            .toArray();
    int least = CtcHead.leastSteps(numbered, numbered.length);
    if (least > steps) {
      throw row.refused(
          SpeechTask.TRANSCRIPT,
          String.format(
              Locale.ROOT,
              "needs %d steps, one for each %s and one between two equal ones, and the sound"
                  + " makes %d; lower %s.stack or %s.hop",
              least,
              symbol(),
              steps,
              SpeechTask.NAME,
              SpeechTask.NAME));
    }
  }
}
