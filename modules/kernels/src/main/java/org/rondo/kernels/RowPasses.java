package org.rondo.kernels;

/**
 * Passes over matrices row by row, in row order: what cells with options are composed of beside
 * {@link GatePasses}.
 */
public interface RowPasses {
  /** Added to a variance before its root is taken. */
  float EPSILON = 1e-5f;

  /**
   * Rows of float32 within a buffer, such as one gate of {@code (B,4H)}.
   *
   * @param first position of row 0
   * @param stride from one row to the next; 0 where one row stands for all of them: a bias that is
   *     read, a sum over rows that is written
   */
  record Rows(NativeBuffer buffer, int first, int stride) {
    /** Whole rows of a matrix. */
    public static Rows of(NativeBuffer matrix, int width) {
      return new Rows(matrix, 0, width);
    }

    /** One row for all. */
    public static Rows one(NativeBuffer row) {
      return new Rows(row, 0, 0);
    }

    /** Position of a row. */
    public int at(int row) {
      return first + row * stride;
    }
  }

  /** Operands of {@code out = a*b + c}; {@code out} may be {@code c}. */
  record MultiplyAdd(Rows a, Rows b, Rows c, Rows out) {
    /** {@code out = a*b + out}. */
    public static MultiplyAdd into(Rows out, Rows a, Rows b) {
      return new MultiplyAdd(a, b, out, out);
    }
  }

  /** {@code out = a*b + c} (one rounding). */
  void multiplyAdd(MultiplyAdd operands, int rows, int width);

  /** {@code sum = sum + x}. */
  void addRows(Rows x, Rows sum, int rows, int width);

  /**
   * Rows that are normalized to mean 0 and variance 1.
   *
   * @param input {@code (rows,width)}
   * @param normalized {@code (rows,width)}; may be the input
   * @param factor {@code (rows)}: what each row's deviations from its mean were multiplied with
   */
  record Normalization(NativeBuffer input, NativeBuffer normalized, NativeBuffer factor) {}

  /**
   * {@code factor = 1 / sqrt(variance + EPSILON); normalized = (input - mean) * factor}, with mean
   * and variance of each row.
   */
  void normalize(Normalization normalization, int rows, int width);

  /**
   * What the backward pass of {@code output = gain * normalized} reads and writes.
   *
   * @param output {@code (rows,width)} gradient of the output; not modified
   * @param gain {@code (width)}
   * @param weighted {@code (width)} overwritten; the gradient of one normalized row
   * @param input {@code (rows,width)}: operand of the gradient of the input
   */
  record NormalizationGradients(
      NativeBuffer output, NativeBuffer gain, NativeBuffer weighted, NativeBuffer input) {}

  /**
   * Backward of {@link #normalize}: with {@code g = gain * gradient of the output}, replaces {@code
   * normalized} by the gradient of the input, {@code (g - mean(g) - normalized * mean(g *
   * normalized)) * factor}.
   */
  void normalizeBackward(
      Normalization normalization, NormalizationGradients gradients, int rows, int width);
}
