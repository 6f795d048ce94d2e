package org.rondo.tasks.speech;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.evaluation.texts.TextErrorRate;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.AudioPlan;

/**
 * How rows are read, and transcripts found.
 *
 * @param audio how recordings become steps
 * @param text how transcripts become symbols
 * @param metric that decides which parameters are best
 */
record SpeechPlan(AudioPlan audio, SpokenText text, String metric) implements Serializable {
  static final String CHARACTER_ERRORS = TextErrorRate.CHARACTERS;
  static final String WORD_ERRORS = TextErrorRate.WORDS;

  private static final String AUTO = "auto";

  static SpeechPlan of(TaskSettings settings) {
    SpokenText text = SpokenText.of(settings);
    List<String> metrics = metrics(text);
    String metric =
        settings.choice("metric", Stream.concat(Stream.of(AUTO), metrics.stream()).toList());
    return new SpeechPlan(
        AudioPlan.of(settings), text, metric.equals(AUTO) ? metrics.get(0) : metric);
  }

  /** Those that can decide. */
  static List<String> metrics(SpokenText text) {
    return text.isOfWords() ? List.of(WORD_ERRORS) : List.of(CHARACTER_ERRORS, WORD_ERRORS);
  }
}
