package org.rondo.ingest.audio;

import java.util.Locale;

/**
 * Samples at another rate, by band-limited interpolation: every new sample is a sum of those about
 * its time, weighted by {@code sinc(c d) * cos^2(pi c d / 2 Z)}, where d is the distance in old
 * samples, c the cutoff as a part of the old band, and Z the zero crossings of each side. Weights
 * of a sample add up to 1, and beyond both ends is silence.
 *
 * @see <a href="https://ccrma.stanford.edu/~jos/resample/">Smith, Digital Audio Resampling</a>
 */
public final class Resampler {
  private static final int ZERO_CROSSINGS = 16;

  /** Leaves the window room to fall off below the narrower band's end. */
  private static final double ROLLOFF = 0.95;

  /** Weights that are kept, 32 MB: rates of few common factors have more of them. */
  private static final long MOST_KEPT = 1 << 22;

  private final int from;
  private final int to;

  /** New samples after which the places between old ones repeat. */
  private final int phases;

  /** Old samples that pass meanwhile. */
  private final int step;

  /** Old samples on each side of a new one. */
  private final int reach;

  /** {@code (phases,2 reach + 1)}, those of a phase made when first met; empty if too many. */
  private final double[][] kept;

  /**
   * @param from samples in a second
   * @param to samples in a second that are wanted
   */
  public Resampler(int from, int to) {
    int common = greatestCommonDivisor(from, to);
    if (from < 1 || to < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "resampling: from %d to %d samples in a second", from, to));
    }
    this.from = from;
    this.to = to;
    this.phases = to / common;
    this.step = from / common;
    this.reach = (int) Math.ceil(ZERO_CROSSINGS / cutoff());
    this.kept = new double[phases * (2L * reach + 1) > MOST_KEPT ? 0 : phases][];
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? Math.max(1, a) : greatestCommonDivisor(b, a % b);
  }

  /** Of the old band. */
  private double cutoff() {
    return ROLLOFF * Math.min(1.0, (double) to / from);
  }

  /** The same sound; as it is where the rate is the same. */
  public Waveform resampled(Waveform wave) {
    if (wave.rate() != from) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "resampling: a rate of %d, made for %d", wave.rate(), from));
    }
    if (from == to) {
      return wave;
    }
    float[] old = wave.samples();
    var samples = new float[Math.toIntExact(((long) old.length * phases + step - 1) / step)];
    for (int i = 0; i < samples.length; i++) {
      long place = (long) i * step;
      samples[i] = sample(old, Math.toIntExact(place / phases), (int) (place % phases));
    }
    return new Waveform(samples, to);
  }

  private float sample(float[] old, int before, int phase) {
    double[] of = weights(phase);
    double sum = 0;
    int first = Math.max(0, before - reach);
    int last = Math.min(old.length - 1, before + reach);
    for (int j = first; j <= last; j++) {
      sum += of[j - before + reach] * old[j];
    }
    return (float) sum;
  }

  private double[] weights(int phase) {
    if (kept.length == 0) {
      return made(phase);
    }
    if (kept[phase] == null) {
      kept[phase] = made(phase);
    }
    return kept[phase];
  }

  private double[] made(int phase) {
    var of = new double[2 * reach + 1];
    double all = 0;
    for (int k = 0; k < of.length; k++) {
      of[k] = weight(k - reach - (double) phase / phases);
      all += of[k];
    }
    for (int k = 0; k < of.length; k++) {
      of[k] /= all;
    }
    return of;
  }

  private double weight(double distance) {
    double x = cutoff() * distance;
    if (Math.abs(x) >= ZERO_CROSSINGS) {
      return 0;
    }
    double window = StrictMath.cos(Math.PI * x / (2 * ZERO_CROSSINGS));
    double sinc = x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
    return sinc * window * window;
  }
}
