package org.rondo.ingest.audio;

import java.util.HashMap;
import java.util.Map;

/** Makes {@link SpeechFrames} of sound. Safe for several threads, one after the other. */
public final class FrameReader {
  /** Hz below which there is no speech. */
  private static final double LOWEST = 20;

  /** Energies are at least so large, so that silence has a logarithm. */
  private static final double FLOOR = 1e-10;

  /** Rates whose resamplers are kept: recordings have few. */
  private static final int MOST_RATES = 4;

  private final SpeechFrames plan;
  private final PowerSpectrum spectrum;
  private final MelFilters filters;
  private final double[] power;
  private final Map<Integer, Resampler> resamplers = new HashMap<>();

  /**
   * @throws org.rondo.kernels.ValueException if there are more mels than the window can tell apart
   */
  public FrameReader(SpeechFrames plan) {
    this.plan = plan;
    this.spectrum = new PowerSpectrum(plan.windowSamples());
    this.filters =
        new MelFilters(plan.mels(), LOWEST, plan.rate() / 2.0, spectrum.size(), plan.rate());
    this.power = new double[spectrum.bins()];
  }

  /**
   * All steps.
   *
   * @return {@code (T,F)}, one step at least
   */
  public synchronized float[][] frames(Waveform wave) {
    if (resamplers.size() == MOST_RATES && !resamplers.containsKey(wave.rate())) {
      resamplers.clear();
    }
    Waveform sound =
        resamplers
            .computeIfAbsent(wave.rate(), rate -> new Resampler(rate, plan.rate()))
            .resampled(wave);
    float[][] frames = Deltas.appended(logMels(sound.samples()), plan.deltas());
    return stacked(frames, plan.stack());
  }

  /** {@code ln(max(energy, 1e-10))} of each band: of whole frames, or of the only one. */
  private float[][] logMels(float[] samples) {
    int rest = Math.max(0, samples.length - plan.windowSamples());
    var frames = new float[1 + rest / plan.hopSamples()][plan.mels()];
    for (int t = 0; t < frames.length; t++) {
      spectrum.of(samples, t * plan.hopSamples(), power);
      for (int band = 0; band < filters.bands(); band++) {
        frames[t][band] = (float) StrictMath.log(Math.max(FLOOR, filters.energy(power, band)));
      }
    }
    return frames;
  }

  /**
   * So many frames side by side; the last one again where frames run out (Sak et al. 2015).
   *
   * @return {@code (ceil(T / count), count F)}
   */
  static float[][] stacked(float[][] frames, int count) {
    if (count == 1) {
      return frames;
    }
    int width = frames[0].length;
    var steps = new float[(frames.length + count - 1) / count][count * width];
    for (int t = 0; t < steps.length; t++) {
      for (int i = 0; i < count; i++) {
        float[] frame = frames[Math.min(frames.length - 1, t * count + i)];
        System.arraycopy(frame, 0, steps[t], i * width, width);
      }
    }
    return steps;
  }
}
