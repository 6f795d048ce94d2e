package org.rondo.ingest.audio;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * How strong each frequency is in a frame of N samples: {@code |DFT(hann * x)|^2}, with {@code
 * hann(n) = 0.5 - 0.5 cos(2 pi n / N)}. Frames are made longer by zeros to S samples, the next
 * power of two; bin k is the frequency {@code k * rate / S}.
 */
final class PowerSpectrum {
  private final int size;
  private final double[] window;
  private final double[] buffer;

  /** Made for the first frame: to check how sound is read takes no JTransforms. */
  private DoubleFFT_1D transform;

  /**
   * @param length N, at least 2
   */
  PowerSpectrum(int length) {
    int power = 2;
    while (power < length) {
      power = Math.multiplyExact(2, power);
    }
    size = power;
    window = new double[length];
    for (int n = 0; n < length; n++) {
      window[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / length);
    }
    buffer = new double[size];
  }

  /** S. */
  int size() {
    return size;
  }

  /** {@code S/2 + 1}. */
  int bins() {
    return size / 2 + 1;
  }

  /**
   * Takes a frame; what lies behind the last sample is silence.
   *
   * @param samples of which the frame is a part
   * @param from its first sample
   * @param power {@code (bins)}; overwritten
   */
  void of(float[] samples, int from, double[] power) {
    if (transform == null) {
      transform = new DoubleFFT_1D(size);
    }
    for (int n = 0; n < size; n++) {
      boolean there = n < window.length && from + n < samples.length;
      buffer[n] = there ? window[n] * samples[from + n] : 0;
    }
    transform.realForward(buffer);
    // Packed: real parts of the first and the last bin, then real and imaginary part of the others.
    power[0] = buffer[0] * buffer[0];
    power[size / 2] = buffer[1] * buffer[1];
    for (int k = 1; k < size / 2; k++) {
      double real = buffer[2 * k];
      double imaginary = buffer[2 * k + 1];
      power[k] = real * real + imaginary * imaginary;
    }
  }
}
