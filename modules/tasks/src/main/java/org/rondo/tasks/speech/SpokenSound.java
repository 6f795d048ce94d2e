package org.rondo.tasks.speech;

import java.util.Locale;
import org.rondo.ingest.audio.FrameReader;
import org.rondo.ingest.audio.SoundException;
import org.rondo.ingest.audio.SpeechFrames;
import org.rondo.ingest.audio.WavReader;
import org.rondo.ingest.audio.Waveform;
import org.rondo.models.heads.CtcHead;
import org.rondo.tasks.Example;

/** From the sound of rows to steps. Safe for use by several threads. */
final class SpokenSound {
  private final FrameReader reader;
  private final double maximumSeconds;

  SpokenSound(SpeechFrames sound, double maximumSeconds) {
    this.reader = new FrameReader(sound);
    this.maximumSeconds = maximumSeconds;
  }

  /**
   * The steps of a row.
   *
   * @return {@code (T,F)}, one step at least
   * @throws org.rondo.tasks.BadExampleException if its sound cannot be read, or lasts too long
   */
  float[][] steps(Example row) {
    Waveform wave = wave(row);
    if (wave.seconds() > maximumSeconds) {
      throw row.refused(
          SpeechTask.AUDIO,
          String.format(
              Locale.ROOT,
              "lasts %.2f seconds, %s.maximum_seconds is %s",
              wave.seconds(),
              SpeechTask.NAME,
              maximumSeconds));
    }
    return reader.frames(wave);
  }

  private static Waveform wave(Example row) {
    try {
      return WavReader.read(row.bytes(SpeechTask.AUDIO), row.place());
    } catch (SoundException e) {
      throw row.refused(SpeechTask.AUDIO, e.problem());
    }
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
