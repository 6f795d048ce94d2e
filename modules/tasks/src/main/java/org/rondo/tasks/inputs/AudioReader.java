package org.rondo.tasks.inputs;

import java.util.Locale;
import org.rondo.ingest.audio.FrameReader;
import org.rondo.ingest.audio.SoundException;
import org.rondo.ingest.audio.WavReader;
import org.rondo.ingest.audio.Waveform;
import org.rondo.tasks.Example;

/** From the sound of rows to steps. Safe for use by several threads. */
public final class AudioReader {
  /** Of the column that holds what a WAV file does. */
  public static final String ROLE = "audio";

  private final FrameReader reader;
  private final AudioPlan plan;

  /**
   * @throws org.rondo.kernels.ValueException if there are more mels than the window can tell apart
   */
  public AudioReader(AudioPlan plan) {
    this.reader = new FrameReader(plan.sound());
    this.plan = plan;
  }

  AudioPlan plan() {
    return plan;
  }

  /**
   * The steps of a row.
   *
   * @return {@code (T,F)}, one step at least
   * @throws org.rondo.tasks.BadExampleException if its sound cannot be read, or lasts too long
   */
  public float[][] steps(Example row) {
    Waveform wave = wave(row);
    if (wave.seconds() > plan.maximumSeconds()) {
      throw row.refused(
          ROLE,
          String.format(
              Locale.ROOT,
              "lasts %.2f seconds, maximum_seconds is %s",
              wave.seconds(),
              plan.maximumSeconds()));
    }
    return reader.frames(wave);
  }

  private static Waveform wave(Example row) {
    try {
      return WavReader.read(row.bytes(ROLE), row.place());
    } catch (SoundException e) {
      throw row.refused(ROLE, e.problem());
    }
  }
}
