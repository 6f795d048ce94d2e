package org.rondo.ingest.audio;

import org.rondo.kernels.ValueException;

/**
 * Bands of equal width in mel, {@code mel(f) = 2595 log10(1 + f / 700)} (the formula of HTK, after
 * O'Shaughnessy 1987). Each is a triangle over the frequencies, of height 1, from the centre of the
 * band below to that of the band above.
 */
final class MelFilters {
  /** First bin of each band. */
  private final int[] first;

  /** {@code (bands)(bins of the band)}. */
  private final double[][] weights;

  /**
   * @param bands at least 1
   * @param lowest Hz, where the first band begins
   * @param highest Hz, where the last band ends
   * @param size S of the spectrum
   * @param rate samples in a second
   * @throws ValueException if a band lies between two bins
   */
  MelFilters(int bands, double lowest, double highest, int size, int rate) {
    first = new int[bands];
    weights = new double[bands][];
    double from = mel(lowest);
    double step = (mel(highest) - from) / (bands + 1);
    double width = (double) rate / size;
    for (int band = 0; band < bands; band++) {
      double left = hertz(from + band * step);
      double centre = hertz(from + (band + 1) * step);
      double right = hertz(from + (band + 2) * step);
      first[band] = (int) Math.floor(left / width) + 1;
      int end = Math.min(size / 2 + 1, (int) Math.ceil(right / width));
      ValueException.unless(
          end > first[band],
          "mels",
          bands,
          "is too many: a band holds no frequency; take fewer mels or a longer window");
      weights[band] = new double[end - first[band]];
      for (int i = 0; i < weights[band].length; i++) {
        double f = (first[band] + i) * width;
        weights[band][i] =
            f <= centre ? (f - left) / (centre - left) : (right - f) / (right - centre);
      }
    }
  }

  static double mel(double hertz) {
    return 2595 * StrictMath.log10(1 + hertz / 700);
  }

  static double hertz(double mel) {
    return 700 * (StrictMath.pow(10, mel / 2595) - 1);
  }

  int bands() {
    return weights.length;
  }

  /** Energy of a band. */
  double energy(double[] power, int band) {
    double sum = 0;
    for (int i = 0; i < weights[band].length; i++) {
      sum += weights[band][i] * power[first[band] + i];
    }
    return sum;
  }
}
