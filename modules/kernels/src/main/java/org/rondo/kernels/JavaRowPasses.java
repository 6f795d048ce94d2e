package org.rondo.kernels;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Passes over rows in plain Java, and what all passes are made of: access to buffers, rounding, and
 * sums over {@value #SUMS} interleaved partial sums.
 */
abstract class JavaRowPasses implements RowPasses {
  /** Number of interleaved partial sums. */
  protected static final int SUMS = 16;

  /** The partial sums of the reduction that is going on. */
  protected final float[] sums = new float[SUMS];

  @Override
  public final void multiplyAdd(MultiplyAdd operands, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      multiplyAdd(operands, row, width, 0);
    }
  }

  @Override
  public final void addRows(Rows x, Rows sum, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      add(x.buffer().bytes(), x.at(row), sum.buffer().bytes(), sum.at(row), width);
    }
  }

  @Override
  public final void normalize(Normalization normalization, int rows, int width) {
    ByteBuffer input = normalization.input().bytes();
    ByteBuffer normalized = normalization.normalized().bytes();
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      Arrays.fill(sums, 0f);
      sum(input, at, width, 0);
      float mean = total() / width;
      Arrays.fill(sums, 0f);
      center(input, normalized, at, mean, width, 0);
      float factor = 1 / (float) Math.sqrt(total() / width + EPSILON);
      put(normalization.factor().bytes(), row, factor);
      multiply(normalized, at, factor, width);
    }
  }

  @Override
  public final void normalizeBackward(
      Normalization normalization, NormalizationGradients gradients, int rows, int width) {
    ByteBuffer normalized = normalization.normalized().bytes();
    ByteBuffer weighted = gradients.weighted().bytes();
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      Arrays.fill(sums, 0f);
      weigh(gradients, at, width, 0);
      center(weighted, weighted, 0, total() / width, width, 0);
      Arrays.fill(sums, 0f);
      dot(weighted, 0, normalized, at, width, 0);
      subtractFrom(weighted, normalized, at, total() / width, width, 0);
      multiply(normalized, at, get(normalization.factor().bytes(), row), width);
      round(normalization.normalized(), gradients.input(), at, width);
    }
  }

  /** {@link #multiplyAdd} for elements {@code [from, width)} of one row. */
  protected void multiplyAdd(MultiplyAdd operands, int row, int width, int from) {
    Rows a = operands.a();
    Rows b = operands.b();
    Rows c = operands.c();
    Rows out = operands.out();
    for (int j = from; j < width; j++) {
      float left = get(a.buffer().bytes(), a.at(row) + j);
      float right = get(b.buffer().bytes(), b.at(row) + j);
      float addend = get(c.buffer().bytes(), c.at(row) + j);
      put(out.buffer().bytes(), out.at(row) + j, Math.fma(left, right, addend));
    }
  }

  /** Adds {@code x} to {@link #sums}, elements {@code [from, count)}. */
  protected void sum(ByteBuffer x, int at, int count, int from) {
    for (int j = from; j < count; j++) {
      sums[j % SUMS] += get(x, at + j);
    }
  }

  /**
   * {@code out = x - mean}, its squares added to {@link #sums}; elements {@code [from, count)}.
   *
   * @param at position in both
   */
  protected void center(ByteBuffer x, ByteBuffer out, int at, float mean, int count, int from) {
    for (int j = from; j < count; j++) {
      float deviation = get(x, at + j) - mean;
      put(out, at + j, deviation);
      sums[j % SUMS] = Math.fma(deviation, deviation, sums[j % SUMS]);
    }
  }

  /**
   * {@code weighted = output * gain}, added to {@link #sums} too; elements {@code [from, count)}.
   *
   * @param at position in {@code output}
   */
  protected void weigh(NormalizationGradients gradients, int at, int count, int from) {
    for (int j = from; j < count; j++) {
      float value = get(gradients.output().bytes(), at + j) * get(gradients.gain().bytes(), j);
      put(gradients.weighted().bytes(), j, value);
      sums[j % SUMS] += value;
    }
  }

  /** Adds the products {@code x * y} to {@link #sums}, elements {@code [from, count)}. */
  protected void dot(ByteBuffer x, int xAt, ByteBuffer y, int yAt, int count, int from) {
    for (int j = from; j < count; j++) {
      sums[j % SUMS] = Math.fma(get(x, xAt + j), get(y, yAt + j), sums[j % SUMS]);
    }
  }

  /** {@code y = x * factor + y} (one rounding). */
  protected void addScaled(ByteBuffer x, int xAt, float factor, ByteBuffer y, int yAt, int count) {
    for (int j = 0; j < count; j++) {
      put(y, yAt + j, Math.fma(get(x, xAt + j), factor, get(y, yAt + j)));
    }
  }

  /**
   * {@code y = x - y * factor}, elements {@code [from, count)}.
   *
   * @param at position in {@code y}
   */
  protected void subtractFrom(
      ByteBuffer x, ByteBuffer y, int at, float factor, int count, int from) {
    for (int j = from; j < count; j++) {
      put(y, at + j, Math.fma(-get(y, at + j), factor, get(x, j)));
    }
  }

  /** {@code x = x * factor}. */
  protected void multiply(ByteBuffer x, int at, float factor, int count) {
    for (int j = 0; j < count; j++) {
      put(x, at + j, get(x, at + j) * factor);
    }
  }

  /** {@code out = out + x}. */
  protected void add(ByteBuffer x, int at, ByteBuffer out, int outAt, int count) {
    for (int j = 0; j < count; j++) {
      put(out, outAt + j, get(out, outAt + j) + get(x, at + j));
    }
  }

  /** Writes the operand of {@code from[at..at+count)} to the same place in {@code to}. */
  protected final void round(NativeBuffer from, NativeBuffer to, int at, int count) {
    if (to.type() == ElementType.BFLOAT16) {
      roundToBfloat16(from.bytes(), at, to.bytes(), at, count);
    }
  }

  /** {@code y[yAt+i] = x[xAt+i]}, rounded to bfloat16. */
  protected void roundToBfloat16(ByteBuffer x, int xAt, ByteBuffer y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y.putShort((yAt + i) * Short.BYTES, Bfloat16.round(get(x, xAt + i)));
    }
  }

  protected static float get(ByteBuffer buffer, int index) {
    return buffer.getFloat(index * Float.BYTES);
  }

  protected static void put(ByteBuffer buffer, int index, float value) {
    buffer.putFloat(index * Float.BYTES, value);
  }

  /** Adds the partial sums in index order. */
  protected final float total() {
    float total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }
}
