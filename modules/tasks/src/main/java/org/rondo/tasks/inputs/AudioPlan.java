package org.rondo.tasks.inputs;

import java.io.Serializable;
import org.rondo.ingest.audio.FrameReader;
import org.rondo.ingest.audio.SpeechFrames;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.TaskSettings;

/**
 * How recordings are read.
 *
 * @param sound how sound becomes steps
 * @param maximumSeconds that a recording lasts at most
 */
public record AudioPlan(SpeechFrames sound, double maximumSeconds) implements Serializable {
  public AudioPlan {
    ValueException.unlessGiven("sound", sound);
    ValueException.unless(maximumSeconds > 0, "maximumSeconds", maximumSeconds, "must be > 0");
  }

  /**
   * Reads the keys of a task.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  public static AudioPlan of(TaskSettings settings) {
    return new AudioPlan(sound(settings), settings.number("maximum_seconds", 0.01, 3600));
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
