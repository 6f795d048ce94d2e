package org.rondo.kernels;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The passes of attention in plain Java: the reference, and the frame that faster implementations
 * fill in, as {@link JavaElementwise} says. All rows of a sequence are worked on while its memory
 * is in the cache.
 */
abstract class JavaAttentionPasses extends JavaGruPasses implements AttentionPasses {
  @Override
  public final void memoryProducts(Attended attended, int rows, int[] lengths) {
    ByteBuffer memory = attended.memory().bytes();
    ByteBuffer queries = attended.rows().bytes();
    int width = attended.width();
    int steps = attended.steps();
    int batch = lengths.length;
    for (int b = 0; b < batch; b++) {
      for (int row = b; row < rows; row += batch) {
        for (int t = 0; t < lengths[b]; t++) {
          Arrays.fill(sums, 0f);
          dot(queries, row * width, memory, (t * batch + b) * width, width, 0);
          put(attended.weights().bytes(), row * steps + t, total());
        }
      }
    }
  }

  @Override
  public final void memorySums(Attended attended, int rows, int[] lengths) {
    ByteBuffer memory = attended.memory().bytes();
    int width = attended.width();
    int steps = attended.steps();
    int batch = lengths.length;
    attended.rows().clear(0, rows * width);
    for (int b = 0; b < batch; b++) {
      for (int row = b; row < rows; row += batch) {
        for (int t = 0; t < lengths[b]; t++) {
          float weight = get(attended.weights().bytes(), row * steps + t);
          ByteBuffer sum = attended.rows().bytes();
          addScaled(memory, (t * batch + b) * width, weight, sum, row * width, width);
        }
      }
    }
  }

  @Override
  public final void addToMemory(Attended attended, int rows, int[] lengths) {
    ByteBuffer memory = attended.memory().bytes();
    int width = attended.width();
    int steps = attended.steps();
    int batch = lengths.length;
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        for (int row = b; row < rows; row += batch) {
          float weight = get(attended.weights().bytes(), row * steps + t);
          ByteBuffer added = attended.rows().bytes();
          addScaled(added, row * width, weight, memory, (t * batch + b) * width, width);
        }
      }
    }
  }

  @Override
  public final void additiveScores(Additive additive, int rows, int[] lengths) {
    int width = additive.vector().length();
    int steps = additive.keys().length() / (lengths.length * width);
    int batch = lengths.length;
    for (int b = 0; b < batch; b++) {
      for (int row = b; row < rows; row += batch) {
        for (int t = 0; t < lengths[b]; t++) {
          Arrays.fill(sums, 0f);
          tanhDot(additive, (t * batch + b) * width, row * width, 0);
          put(additive.scores().bytes(), row * steps + t, total());
        }
      }
    }
  }

  @Override
  public final void additiveGradients(
      Additive additive, Additive gradients, int rows, int[] lengths) {
    int width = additive.vector().length();
    int steps = additive.keys().length() / (lengths.length * width);
    int batch = lengths.length;
    gradients.queries().clear(0, rows * width);
    for (int b = 0; b < batch; b++) {
      for (int row = b; row < rows; row += batch) {
        for (int t = 0; t < lengths[b]; t++) {
          float slope = get(additive.scores().bytes(), row * steps + t);
          tanhDotGradient(additive, gradients, (t * batch + b) * width, row * width, slope, 0);
        }
      }
    }
  }

  /** Adds {@code vector * tanh(key + query)} to {@link #sums}, elements {@code [from, width)}. */
  protected void tanhDot(Additive additive, int keyAt, int queryAt, int from) {
    for (int j = from; j < additive.vector().length(); j++) {
      float u = tanhOfSum(additive, keyAt + j, queryAt + j);
      sums[j % SUMS] = Math.fma(get(additive.vector().bytes(), j), u, sums[j % SUMS]);
    }
  }

  /** Backward of {@link #tanhDot}, with the gradient of the sum; elements {@code [from, width)}. */
  protected void tanhDotGradient(
      Additive additive, Additive gradients, int keyAt, int queryAt, float slope, int from) {
    ByteBuffer keys = gradients.keys().bytes();
    ByteBuffer queries = gradients.queries().bytes();
    ByteBuffer vector = gradients.vector().bytes();
    for (int j = from; j < additive.vector().length(); j++) {
      float u = tanhOfSum(additive, keyAt + j, queryAt + j);
      float dz = get(additive.vector().bytes(), j) * slope * Math.fma(-u, u, 1f);
      put(vector, j, Math.fma(u, slope, get(vector, j)));
      put(queries, queryAt + j, get(queries, queryAt + j) + dz);
      put(keys, keyAt + j, get(keys, keyAt + j) + dz);
    }
  }

  private static float tanhOfSum(Additive additive, int keyAt, int queryAt) {
    float key = get(additive.keys().bytes(), keyAt);
    return Approximation.tanh(key + get(additive.queries().bytes(), queryAt));
  }
}
