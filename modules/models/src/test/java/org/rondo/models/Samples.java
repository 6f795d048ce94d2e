package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.layers.Dropout;
import org.rondo.models.workspace.Workspace;

/** Random minibatches, parameters, states and dropout masks for the tests of this package. */
public final class Samples {
  private Samples() {}

  /** Inputs and targets as {@code spec} takes them; about one target in eight is padding. */
  static Minibatch minibatch(NetworkSpec spec, int steps, int batch, CounterRandom random) {
    Minibatch minibatch = Minibatch.forNetwork(spec, steps, batch);
    int classes = spec.targetValues() > 0 ? 1 : spec.head().outputs();
    fill(minibatch.values(), random.derive("values"));
    fill(minibatch.valueTargets(), random.derive("value targets"));
    int columns = minibatch.columns();
    for (int i = 0; i < minibatch.inputs().length; i++) {
      int bound = spec.idColumns().get(i % columns);
      minibatch.inputs()[i] = (int) (random.derive("inputs").uniform(i) * bound);
    }
    for (int i = 0; i < minibatch.targets().length; i++) {
      minibatch.targets()[i] = (int) (random.derive("targets").uniform(i) * classes);
      if (i > 0 && random.derive("padding").uniform(i) < 0.125) {
        minibatch.targets()[i] = Minibatch.NO_TARGET;
      }
    }
    return minibatch;
  }

  private static void fill(float[] values, CounterRandom random) {
    System.arraycopy(floats(values.length, 1, random), 0, values, 0, values.length);
  }

  /** Initial parameters, with biases and embedding of a size that makes every term matter. */
  static float[] parameters(NetworkSpec spec, CounterRandom random) {
    float[] values = Network.initialParameters(spec, random.bits(0));
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.2 * random.derive("parameters").gaussian(i));
    }
    return values;
  }

  static float[] floats(int length, double scale, CounterRandom random) {
    var values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (scale * random.gaussian(i));
    }
    return values;
  }

  public static double[] doubles(float[] values) {
    var copy = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  /** What each dropout layer of a training step multiplies with. */
  static List<double[]> masks(NetworkSpec spec, int rows, CounterRandom step) {
    var masks = new ArrayList<double[]>();
    Elementwise elementwise = Kernels.choose("java", "java").elementwise();
    int width = 0;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      LayerSpec description = spec.layers().get(layer);
      width = description.width(width);
      if (description instanceof Dropout d) {
        // The first layer is the network's input and no layer of it.
        long key = Workspace.random(step, layer - 1).key();
        masks.add(mask(elementwise, rows * width, (float) (1 - d.rate()), key));
      }
    }
    return masks;
  }

  private static double[] mask(Elementwise elementwise, int length, float keep, long key) {
    try (var memory = new NativeMemory()) {
      NativeBuffer ones = memory.floats(length);
      for (int i = 0; i < length; i++) {
        ones.set(i, 1f);
      }
      NativeBuffer mask = memory.floats(length);
      elementwise.dropout(ones, mask, keep, key);
      return doubles(mask.toArray());
    }
  }

  /**
   * Largest difference, relative to the largest expected magnitude (or to 1e-3 if that is less).
   */
  static double relativeError(float[] actual, double[] expected, int from, int length) {
    double difference = 0;
    double magnitude = 1e-3;
    for (int i = from; i < from + length; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
    }
    return difference / magnitude;
  }
}
