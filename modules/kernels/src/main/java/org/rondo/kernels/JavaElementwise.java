package org.rondo.kernels;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The element-wise passes in plain Java: the reference, and the frame that faster implementations
 * fill in.
 *
 * <p>A pass is a loop over rows around one of the protected methods, which work on a range of
 * elements. An implementation that overrides such a method computes as many elements as suit it and
 * hands the rest of the range to the method here; since every element has one formula, the bits are
 * the same. Positions count elements, not bytes.
 */
public class JavaElementwise implements Elementwise {
  /** Number of interleaved partial sums. */
  protected static final int SUMS = 16;

  /** Elements whose squares are summed in float32; the sums of such blocks are added in double. */
  private static final int BLOCK = 4096;

  /** The partial sums of the reduction that is going on. */
  protected final float[] sums = new float[SUMS];

  @Override
  public final void lstmForward(LstmStep step, NativeBuffer bias, int batch, int units) {
    ByteBuffer gates = step.gates().bytes();
    for (int row = 0; row < batch; row++) {
      int at = row * 4 * units;
      sigmoid(gates, at, bias.bytes(), 0, 2 * units);
      tanh(gates, at + 2 * units, bias.bytes(), 2 * units, units);
      sigmoid(gates, at + 3 * units, bias.bytes(), 3 * units, units);
      lstmCell(step, row * units, at, units, 0);
      lstmHidden(step, row * units, at + 3 * units, units);
    }
  }

  @Override
  public final void lstmBackward(
      LstmStep step, NativeBuffer dHidden, NativeBuffer dCell, int batch, int units) {
    for (int row = 0; row < batch; row++) {
      lstmGradient(step, dHidden, dCell, row, units, 0);
    }
  }

  @Override
  public final double softmaxCrossEntropy(
      NativeBuffer logits, NativeBuffer bias, int[] targets, int from, int rows, float scale) {
    int classes = bias.length();
    ByteBuffer x = logits.bytes();
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      int target = targets[from + row];
      int at = row * classes;
      if (target < 0) {
        logits.clear(at, classes);
        continue;
      }
      float max = addBiasAndMax(x, at, bias.bytes(), 0, classes);
      float aim = get(x, at + target) - max;
      float sum = exponentials(x, at, max, classes);
      loss += StrictMath.log(sum) - aim;
      multiply(x, at, scale / sum, classes);
      put(x, at + target, get(x, at + target) - scale);
    }
    return loss;
  }

  @Override
  public final void crossEntropy(
      NativeBuffer logits, NativeBuffer bias, int[] targets, int from, int rows, double[] sums) {
    int classes = bias.length();
    ByteBuffer x = logits.bytes();
    for (int row = 0; row < rows; row++) {
      int target = targets[from + row];
      if (target >= 0) {
        int at = row * classes;
        float max = addBiasAndMax(x, at, bias.bytes(), 0, classes);
        float aim = get(x, at + target) - max;
        sums[(from + row) % sums.length] += StrictMath.log(exponentials(x, at, max, classes)) - aim;
      }
    }
  }

  @Override
  public final void dropout(NativeBuffer x, NativeBuffer y, float keep, long key) {
    // 31 random bits are kept where they are below this.
    int threshold = (int) Math.min(Integer.MAX_VALUE, Math.round(keep * 0x1.0p31));
    dropoutRange(x, y, keep, threshold, key, 0);
  }

  @Override
  public final void columnSums(NativeBuffer x, NativeBuffer out, int rows) {
    int columns = out.length();
    out.clear(0, columns);
    for (int row = 0; row < rows; row++) {
      add(x.bytes(), row * columns, out.bytes(), 0, columns);
    }
  }

  @Override
  public boolean clip(NativeBuffer x, float limit, int from, int count) {
    boolean changed = false;
    for (int i = from; i < from + count; i++) {
      float value = get(x.bytes(), i);
      if (Math.abs(value) > limit) {
        put(x.bytes(), i, Math.copySign(limit, value));
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public final double sumOfSquares(NativeBuffer x, int from, int count) {
    double sum = 0;
    for (int done = 0; done < count; done += BLOCK) {
      sum += squares(x.bytes(), from + done, Math.min(BLOCK, count - done));
    }
    return sum;
  }

  @Override
  public void addScaled(NativeBuffer x, float factor, NativeBuffer y, int from, int count) {
    for (int i = from; i < from + count; i++) {
      put(y.bytes(), i, Math.fma(get(x.bytes(), i), factor, get(y.bytes(), i)));
    }
  }

  @Override
  public void momentum(Update update, NativeBuffer velocity, float momentum, int from, int count) {
    ByteBuffer parameters = update.parameters().bytes();
    for (int i = from; i < from + count; i++) {
      float g = get(update.gradient().bytes(), i) * update.gradientScale();
      float v = Math.fma(get(velocity.bytes(), i), momentum, g);
      put(velocity.bytes(), i, v);
      put(parameters, i, Math.fma(v, -update.learningRate(), get(parameters, i)));
    }
  }

  @Override
  public void adam(
      Update update, NativeBuffer first, NativeBuffer second, AdamStep adam, int from, int count) {
    ByteBuffer parameters = update.parameters().bytes();
    float rate = update.learningRate() / adam.correction1();
    float decay = -update.learningRate() * adam.decay();
    for (int i = from; i < from + count; i++) {
      float g = get(update.gradient().bytes(), i) * update.gradientScale();
      float m = Math.fma(get(first.bytes(), i), adam.beta1(), g * (1 - adam.beta1()));
      float v = Math.fma(get(second.bytes(), i), adam.beta2(), g * g * (1 - adam.beta2()));
      put(first.bytes(), i, m);
      put(second.bytes(), i, v);
      float p = get(parameters, i);
      float length = (float) Math.sqrt(v / adam.correction2()) + adam.epsilon();
      put(parameters, i, Math.fma(p, decay, p) - m * rate / length);
    }
  }

  @Override
  public final void toBfloat16(NativeBuffer from, NativeBuffer to) {
    roundToBfloat16(from.bytes(), to.bytes(), 0, from.length());
  }

  /** {@code x = sigmoid(x + bias)}. */
  protected void sigmoid(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    for (int j = 0; j < count; j++) {
      put(x, at + j, Approximation.sigmoid(get(x, at + j) + get(bias, biasAt + j)));
    }
  }

  /** {@code x = tanh(x + bias)}. */
  protected void tanh(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    for (int j = 0; j < count; j++) {
      put(x, at + j, Approximation.tanh(get(x, at + j) + get(bias, biasAt + j)));
    }
  }

  /**
   * {@code c = f*cBefore + i*g} for units {@code [from, units)} of one row.
   *
   * @param at position of the row in {@code cell}
   * @param gatesAt position of the row in {@code gates}
   */
  protected void lstmCell(LstmStep step, int at, int gatesAt, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    for (int j = from; j < units; j++) {
      float input = get(gates, gatesAt + j) * get(gates, gatesAt + 2 * units + j);
      float forget = get(gates, gatesAt + units + j);
      float before = get(step.cellBefore().bytes(), at + j);
      put(step.cell().bytes(), at + j, Math.fma(before, forget, input));
    }
  }

  /**
   * {@code tanhCell = tanh(c); h = o * tanhCell}.
   *
   * @param at position in {@code cell}, {@code tanhCell}, {@code hidden}
   * @param outputAt position of o in {@code gates}
   */
  protected void lstmHidden(LstmStep step, int at, int outputAt, int count) {
    for (int j = 0; j < count; j++) {
      float tanh = Approximation.tanh(get(step.cell().bytes(), at + j));
      put(step.tanhCell().bytes(), at + j, tanh);
      put(step.hidden().bytes(), at + j, tanh * get(step.gates().bytes(), outputAt + j));
    }
  }

  /** {@link #lstmBackward} for units {@code [from, units)} of one row. */
  protected void lstmGradient(
      LstmStep step, NativeBuffer dHidden, NativeBuffer dCell, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    for (int j = from; j < units; j++) {
      int at = row * units + j;
      int gate = row * 4 * units + j;
      float i = get(gates, gate);
      float f = get(gates, gate + units);
      float g = get(gates, gate + 2 * units);
      float o = get(gates, gate + 3 * units);
      float t = get(step.tanhCell().bytes(), at);
      float dh = get(dHidden.bytes(), at);
      float dc = Math.fma(dh * o, Math.fma(-t, t, 1f), get(dCell.bytes(), at));
      float before = get(step.cellBefore().bytes(), at);
      put(gates, gate, dc * g * Math.fma(-i, i, i));
      put(gates, gate + units, dc * before * Math.fma(-f, f, f));
      put(gates, gate + 2 * units, dc * i * Math.fma(-g, g, 1f));
      put(gates, gate + 3 * units, dh * t * Math.fma(-o, o, o));
      put(dCell.bytes(), at, dc * f);
    }
  }

  /** {@code x = x + bias}; the largest result, or NaN if there is one. */
  protected float addBiasAndMax(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      float value = get(x, at + j) + get(bias, biasAt + j);
      put(x, at + j, value);
      max = Math.max(max, value);
    }
    return max;
  }

  /** {@code x = exp(x - max)}; the sum of the results. */
  protected float exponentials(ByteBuffer x, int at, float max, int count) {
    Arrays.fill(sums, 0f);
    return exponentials(x, at, max, count, 0);
  }

  /** {@link #exponentials} of the elements {@code [from, count)}, into {@link #sums}. */
  protected final float exponentials(ByteBuffer x, int at, float max, int count, int from) {
    for (int j = from; j < count; j++) {
      float value = Approximation.exp(get(x, at + j) - max);
      put(x, at + j, value);
      sums[j % SUMS] += value;
    }
    return total();
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

  /** The sum of squares. */
  protected float squares(ByteBuffer x, int at, int count) {
    Arrays.fill(sums, 0f);
    return squares(x, at, count, 0);
  }

  /** {@link #squares} of the elements {@code [from, count)}, into {@link #sums}. */
  protected final float squares(ByteBuffer x, int at, int count, int from) {
    for (int j = from; j < count; j++) {
      float value = get(x, at + j);
      sums[j % SUMS] = Math.fma(value, value, sums[j % SUMS]);
    }
    return total();
  }

  /** {@link #dropout} of the elements {@code [from, x.length())}. */
  protected void dropoutRange(
      NativeBuffer x, NativeBuffer y, float keep, int threshold, long key, int from) {
    for (int i = from; i < x.length(); i++) {
      boolean kept = DropoutHash.bits(i, key) >>> 1 < threshold;
      put(y.bytes(), i, kept ? get(x.bytes(), i) / keep : 0f);
    }
  }

  /** {@link #toBfloat16} of the elements {@code [from, count)}. */
  protected void roundToBfloat16(ByteBuffer x, ByteBuffer y, int from, int count) {
    for (int i = from; i < count; i++) {
      y.putShort(i * Short.BYTES, Bfloat16.round(get(x, i)));
    }
  }

  /** Adds the partial sums in index order. */
  private float total() {
    float total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }

  private static float get(ByteBuffer buffer, int index) {
    return buffer.getFloat(index * Float.BYTES);
  }

  private static void put(ByteBuffer buffer, int index, float value) {
    buffer.putFloat(index * Float.BYTES, value);
  }
}
