package org.rondo.training.optimizers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;

/** Finds where numbers ceased to be finite, by the names of a network's parameters. */
public final class NonFinite {
  private NonFinite() {}

  /** The first parameter with an infinite value or a NaN, and that value; empty if all are well. */
  public static Optional<String> parameter(ParameterLayout layout, float[] parameters) {
    for (Slice slice : layout.slices()) {
      int end = slice.offset() + slice.length(); // outside the loop over millions: it is computed
      for (int i = slice.offset(); i < end; i++) {
        if (!Float.isFinite(parameters[i])) {
          return Optional.of(
              String.format(Locale.ROOT, "the parameter %s holds %s", slice.name(), parameters[i]));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The parameter whose gradient is the first without a finite norm, in the order in which
   * backpropagation comes to them: from the head down; or the one with the longest gradient, if all
   * are finite.
   *
   * @param gradient in that layout
   */
  public static String gradient(ParameterLayout layout, NativeBuffer gradient, Elementwise passes) {
    List<Slice> slices = layout.slices();
    String longest = "";
    double greatest = -1;
    for (int i = slices.size() - 1; i >= 0; i--) {
      Slice slice = slices.get(i);
      double norm = StrictMath.sqrt(passes.sumOfSquares(gradient, slice.offset(), slice.length()));
      if (!Double.isFinite(norm)) {
        return String.format(
            Locale.ROOT,
            "from the head down, the gradient of %s is the first that is no finite number, its norm is %s",
            slice.name(),
            norm);
      }
      if (norm > greatest) {
        greatest = norm;
        longest = slice.name();
      }
    }
    return String.format(
        Locale.ROOT, "the longest gradient is that of %s, its norm is %s", longest, greatest);
  }
}
