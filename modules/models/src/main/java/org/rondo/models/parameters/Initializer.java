package org.rondo.models.parameters;

import java.util.Arrays;
import org.rondo.kernels.CounterRandom;

/** How the values of one parameter start: a pure function of its random numbers. */
@FunctionalInterface
public interface Initializer {
  /** Fills the whole tensor, row-major. */
  void fill(float[] values, CounterRandom random);

  /** All zero. */
  static Initializer zeros() {
    return (values, random) -> Arrays.fill(values, 0f);
  }

  /** Uniform in [-limit, limit). */
  static Initializer uniform(double limit) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.uniform(i) - 1) * limit);
      }
    };
  }

  /**
   * Uniform with variance {@code 2 / (inputs + outputs)}, which keeps the variance of activations
   * and gradients alike from layer to layer.
   *
   * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010</a>
   */
  static Initializer glorot(int inputs, int outputs) {
    return uniform(Math.sqrt(6.0 / (inputs + outputs)));
  }

  /**
   * {@code (units, gates*units)}: one random orthogonal matrix per gate, side by side, so that
   * every gate's recurrence preserves the length of what it carries.
   *
   * @see <a href="https://arxiv.org/abs/1312.6120">Saxe, McClelland and Ganguli 2014</a>
   */
  static Initializer orthogonal(int units, int gates) {
    return orthogonal(units, units, gates);
  }

  /**
   * {@code (outputs, gates*units)}: the first rows of the matrices of {@link #orthogonal(int,
   * int)}, for a recurrence that carries fewer outputs than it has units.
   */
  static Initializer orthogonal(int outputs, int units, int gates) {
    return (values, random) -> {
      for (int gate = 0; gate < gates; gate++) {
        double[][] block = Orthogonal.matrix(units, random.derive(gate));
        for (int row = 0; row < outputs; row++) {
          for (int column = 0; column < units; column++) {
            values[(row * gates + gate) * units + column] = (float) block[row][column];
          }
        }
      }
    };
  }

  /**
   * {@code (units, units)}: each unit of a recurrence starts by keeping what it holds.
   *
   * @see <a href="https://arxiv.org/abs/1504.00941">Le, Jaitly and Hinton 2015</a>
   */
  static Initializer identity(int units) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = i % (units + 1) == 0 ? 1f : 0f;
      }
    };
  }
}
