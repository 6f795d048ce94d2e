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
public class JavaElementwise extends JavaAttentionPasses implements Elementwise {
  /** Elements whose squares are summed in float32; the sums of such blocks are added in double. */
  private static final int BLOCK = 4096;

  @Override
  public final double softmaxCrossEntropy(
      SoftmaxRows rows, int[] targets, int from, int count, float scale, float smoothing) {
    int classes = rows.bias().length();
    ByteBuffer x = rows.logits().bytes();
    double loss = 0;
    for (int row = 0; row < count; row++) {
      int target = targets[from + row];
      int at = row * classes;
      if (target < 0) {
        rows.gradient().clear(at, classes);
        continue;
      }
      float max = addBiasAndMax(x, at, rows.bias().bytes(), 0, classes);
      float aim = get(x, at + target) - max;
      if (smoothing > 0) {
        aim += smoothing * (mean(x, at, classes) - max - aim);
      }
      float sum = exponentials(x, at, max, classes);
      loss += StrictMath.log(sum) - aim;
      softmaxGradient(rows, at, target, scale, scale / sum, smoothing);
    }
    return loss;
  }

  private float mean(ByteBuffer x, int at, int count) {
    Arrays.fill(sums, 0f);
    sum(x, at, count, 0);
    return total() / count;
  }

  /**
   * From the exponentials of one row to its gradient.
   *
   * @param factor makes the share of {@code scale} of an exponential
   */
  private void softmaxGradient(
      SoftmaxRows rows, int at, int target, float scale, float factor, float smoothing) {
    ByteBuffer x = rows.logits().bytes();
    ByteBuffer bias = rows.biasGradient().bytes();
    float spread = scale * smoothing / rows.bias().length();
    float certain = scale * (1 - smoothing);
    float ofTarget = get(x, at + target) * factor - spread - certain;
    if (rows.gradient().type() == ElementType.BFLOAT16) {
      scaleAddAndRound(rows, at, factor, spread, 0);
      int address = (at + target) * Short.BYTES;
      rows.gradient().bytes().putShort(address, Bfloat16.round(ofTarget));
    } else {
      scaleAndAdd(rows, at, factor, spread, 0);
      put(x, at + target, ofTarget);
    }
    put(bias, target, get(bias, target) - certain);
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
  public final float logSumExp(
      Transitions transitions, NativeBuffer ahead, int step, NativeBuffer sums) {
    ByteBuffer row = transitions.scratch().bytes();
    int tags = transitions.tags();
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < transitions.rows(); i++) {
      float max = loadTransitions(transitions, i, ahead, step);
      float sum = max + (float) StrictMath.log(exponentials(row, 0, max, tags));
      put(sums.bytes(), i, sum);
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  @Override
  public final void countTransitions(
      Transitions transitions, NativeBuffer ahead, int step, NativeBuffer weights) {
    ByteBuffer row = transitions.scratch().bytes();
    int tags = transitions.tags();
    int after = (step + 1) * tags;
    weights.clear(after, tags);
    for (int i = 0; i < transitions.rows(); i++) {
      float weight = get(weights.bytes(), step * tags + i);
      if (Math.abs(weight) < NEGLIGIBLE) {
        continue;
      }
      float max = loadTransitions(transitions, i, ahead, step);
      float sum = exponentials(row, 0, max, tags);
      multiply(row, 0, weight / sum, tags);
      add(row, 0, weights.bytes(), after, tags);
      add(row, 0, transitions.counts().bytes(), i * tags, tags);
    }
  }

  /** Writes {@code scores[i] + ahead[step]} to the scratch row; returns the largest, or NaN. */
  private float loadTransitions(Transitions transitions, int i, NativeBuffer ahead, int step) {
    int tags = transitions.tags();
    NativeBuffer row = transitions.scratch();
    row.copy(0, transitions.scores(), i * tags, tags);
    return addBiasAndMax(row.bytes(), 0, ahead.bytes(), step * tags, tags);
  }

  @Override
  public final void dropout(NativeBuffer x, NativeBuffer y, float keep, long key) {
    // 31 random bits are kept where they are below this.
    int threshold = (int) Math.min(Integer.MAX_VALUE, Math.round(keep * 0x1.0p31));
    dropoutRange(x, y, keep, threshold, key, 0);
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
  public final void addScaled(NativeBuffer x, float factor, NativeBuffer y, int from, int count) {
    addScaled(x.bytes(), from, factor, y.bytes(), from, count);
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
    roundToBfloat16(from.bytes(), 0, to.bytes(), 0, from.length());
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

  /**
   * {@code x = x * factor - less; bias = bias + x} for classes {@code [from, classes)} of one row.
   */
  protected void scaleAndAdd(SoftmaxRows rows, int at, float factor, float less, int from) {
    ByteBuffer x = rows.logits().bytes();
    ByteBuffer bias = rows.biasGradient().bytes();
    for (int j = from; j < rows.bias().length(); j++) {
      float value = get(x, at + j) * factor - less;
      put(x, at + j, value);
      put(bias, j, get(bias, j) + value);
    }
  }

  /** {@link #scaleAndAdd} that leaves x and writes the result rounded to bfloat16. */
  protected void scaleAddAndRound(SoftmaxRows rows, int at, float factor, float less, int from) {
    ByteBuffer x = rows.logits().bytes();
    ByteBuffer bias = rows.biasGradient().bytes();
    for (int j = from; j < rows.bias().length(); j++) {
      float value = get(x, at + j) * factor - less;
      rows.gradient().bytes().putShort((at + j) * Short.BYTES, Bfloat16.round(value));
      put(bias, j, get(bias, j) + value);
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
}
