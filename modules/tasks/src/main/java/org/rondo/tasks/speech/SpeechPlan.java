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
 * @param metric that decides which parameters are best
 */
record SpeechPlan(AudioPlan audio, SpokenText text, String metric) implements Serializable {
  static final List<String> METRICS = List.of("character-error-rate", "word-error-rate");

  static SpeechPlan of(TaskSettings settings) {
    return new SpeechPlan(
        AudioPlan.of(settings),
        new SpokenText(settings.flag("lowercase")),
        settings.choice("metric", METRICS));
  }
}
