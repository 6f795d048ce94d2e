package org.rondo.tasks.speech;

import java.io.Serializable;
import java.util.List;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.AudioPlan;

/**
 * How rows are read, and transcripts found.
 *
 * @param audio how recordings become steps
 * @param text how transcripts become characters
 * @param beam prefixes that the search for a transcript keeps; 0 for the best path
 * @param metric that decides which parameters are best
 */
record SpeechPlan(AudioPlan audio, SpokenText text, int beam, String metric)
    implements Serializable {
  static final List<String> METRICS = List.of("character-error-rate", "word-error-rate");

  static SpeechPlan of(TaskSettings settings) {
    return new SpeechPlan(
        AudioPlan.of(settings),
        new SpokenText(settings.flag("lowercase")),
        settings.whole("beam", 0, 10_000),
        settings.choice("metric", METRICS));
  }
}
