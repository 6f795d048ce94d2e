package org.rondo.ingest.audio;

import java.util.Locale;

/** Sound of one channel. */
public final class Waveform {
  private final float[] samples;
  private final int rate;

  /**
   * @param samples mostly from -1 to 1; kept, and not to be modified
   * @param rate samples in a second
   */
  public Waveform(float[] samples, int rate) {
    if (rate < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "waveform: %d samples in a second", rate));
    }
    this.samples = samples;
    this.rate = rate;
  }

  /** Mostly from -1 to 1; not to be modified. */
  public float[] samples() {
    return samples;
  }

  /** Samples in a second. */
  public int rate() {
    return rate;
  }

  /** How long it lasts. */
  public double seconds() {
    return (double) samples.length / rate;
  }
}
