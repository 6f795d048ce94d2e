package org.rondo.testkit;

import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.rondo.kernels.NativeBuffer;

/**
 * Compares a gradient with central finite differences of fourth order: {@code (8 (f(p + h) - f(p -
 * h)) - (f(p + 2h) - f(p - 2h))) / 12h}.
 *
 * <p>The error of one element is taken relative to the largest of the two values and of {@link
 * #FLOOR} times the largest element of the gradient: elements near zero have no sound relative
 * error, since the difference quotient of a float32 loss is itself only exact to about {@code
 * ulp(loss) / h}.
 */
public final class GradientCheck {
  /** Elements smaller than this part of the largest one are measured against that part. */
  public static final double FLOOR = 0.1;

  private GradientCheck() {}

  /**
   * The largest relative error over elements {@code 0, stride, 2*stride, ..}.
   *
   * @param loss the function at the present values of {@code parameters}; must always compute the
   *     same from the same values
   * @param parameters float32; each is moved and put back
   * @param gradient what is checked; copied first, so that {@code loss} may overwrite it
   * @param step h; 1e-2 suits float32 losses near 1 whose fifth derivatives are below 10^4
   * @param stride 1 to check every parameter
   */
  public static double maxRelativeError(
      DoubleSupplier loss, NativeBuffer parameters, NativeBuffer gradient, float step, int stride) {
    if (parameters.length() != gradient.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "gradient check: %d parameters, gradient of %d",
              parameters.length(),
              gradient.length()));
    }
    float[] claimed = gradient.toArray();
    double floor = FLOOR * largest(claimed);
    double worst = 0;
    for (int i = 0; i < claimed.length; i += stride) {
      double measured = derivative(loss, parameters, i, step);
      double scale = Math.max(floor, Math.max(Math.abs(measured), Math.abs(claimed[i])));
      double difference = Math.abs(measured - claimed[i]);
      if (difference > 0) {
        worst = Math.max(worst, difference / scale);
      }
    }
    return worst;
  }

  private static double derivative(
      DoubleSupplier loss, NativeBuffer parameters, int index, float step) {
    float value = parameters.get(index);
    double near = slope(loss, parameters, index, value, step);
    double far = slope(loss, parameters, index, value, 2 * step);
    parameters.set(index, value);
    return (4 * near - far) / 3;
  }

  /** The slope between two points about one value, which is left moved. */
  private static double slope(
      DoubleSupplier loss, NativeBuffer parameters, int index, float value, float step) {
    float above = value + step;
    float below = value - step;
    parameters.set(index, above);
    double up = loss.getAsDouble();
    parameters.set(index, below);
    double down = loss.getAsDouble();
    return (up - down) / ((double) above - below);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
