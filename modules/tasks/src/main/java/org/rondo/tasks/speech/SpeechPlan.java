package org.rondo.tasks.speech;

import java.io.Serializable;
import java.util.List;
import org.rondo.ingest.audio.FrameReader;
import org.rondo.ingest.audio.SpeechFrames;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.TaskSettings;

/**
 * How rows are read, and transcripts found.
 *
 * @param sound how sound becomes steps
 * @param text how transcripts become characters
 * @param beam prefixes that the search for a transcript keeps; 0 for the best path
 * @param metric that decides which parameters are best
 */
record SpeechPlan(
    SpeechFrames sound, SpokenText text, double maximumSeconds, int beam, String metric)
    implements Serializable {
  static final List<String> METRICS = List.of("character-error-rate", "word-error-rate");

  static SpeechPlan of(TaskSettings settings) {
    return new SpeechPlan(
        sound(settings),
        new SpokenText(settings.flag("lowercase")),
        settings.number("maximum_seconds", 0.01, 3600),
        settings.whole("beam", 0, 10_000),
        settings.choice("metric", METRICS));
  }

  private static SpeechFrames sound(TaskSettings settings) {
    var sound =
        new SpeechFrames(
            settings.whole("rate", 1000, 1_000_000),
            settings.whole("mels", 1, 1000),
            settings.number("window", 1, 1000),
            settings.number("hop", 1, 1000),
            settings.whole("deltas", 0, 2),
            settings.whole("stack", 1, 100));
    try {
      new FrameReader(sound);
    } catch (ValueException e) {
      throw settings.refusal(e.name(), e.rule());
    }
    return sound;
  }
}
