package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.AttentionPasses.Additive;
import org.rondo.kernels.AttentionPasses.Attended;

/** The formulas, in double precision; that vector code has the same bits is tested beside it. */
class AttentionPassesTest {
  private static final int STEPS = 4;
  private static final int WIDTH = 21;
  private static final int[] LENGTHS = {4, 0, 2};
  private static final int BATCH = LENGTHS.length;

  /** Two for each sequence. */
  private static final int ROWS = 2 * BATCH;

  private static final float BEHIND = 77f;

  private final NativeMemory memory = new NativeMemory();
  private final Elementwise passes = new JavaElementwise();
  private final NativeBuffer keys = random("keys", STEPS * BATCH * WIDTH);
  private final NativeBuffer rows = random("rows", ROWS * WIDTH);
  private final NativeBuffer weights = random("weights", ROWS * STEPS);

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  private NativeBuffer random(String name, int count) {
    NativeBuffer buffer = memory.floats(count);
    for (int i = 0; i < count; i++) {
      buffer.set(i, (float) CounterRandom.of(5).derive(name).gaussian(i));
    }
    return buffer;
  }

  private double key(int t, int row, int j) {
    return keys.get((t * BATCH + row % BATCH) * WIDTH + j);
  }

  private double query(int row, int j) {
    return rows.get(row * WIDTH + j);
  }

  private double weight(int row, int t) {
    return t < LENGTHS[row % BATCH] ? weights.get(row * STEPS + t) : 0;
  }

  @Test
  void productsAreThoseOfEachRowWithItsOwnMemory() {
    NativeBuffer products = memory.floats((long) ROWS * STEPS);
    for (int i = 0; i < products.length(); i++) {
      products.set(i, BEHIND);
    }
    passes.memoryProducts(new Attended(keys, rows, products, WIDTH), ROWS, LENGTHS);
    for (int row = 0; row < ROWS; row++) {
      for (int t = 0; t < STEPS; t++) {
        double expected = t < LENGTHS[row % BATCH] ? 0 : BEHIND;
        for (int j = 0; j < WIDTH && t < LENGTHS[row % BATCH]; j++) {
          expected += query(row, j) * key(t, row, j);
        }
        assertClose(products.get(row * STEPS + t), expected);
      }
    }
  }

  @Test
  void sumsAreOfTheStepsThatCount() {
    NativeBuffer sums = random("overwritten", ROWS * WIDTH);
    passes.memorySums(new Attended(keys, sums, weights, WIDTH), ROWS, LENGTHS);
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < WIDTH; j++) {
        double expected = 0;
        for (int t = 0; t < STEPS; t++) {
          expected += weight(row, t) * key(t, row, j);
        }
        assertClose(sums.get(row * WIDTH + j), expected);
      }
    }
  }

  @Test
  void memoryTakesWhatAllOfItsRowsAdd() {
    var expected = new double[keys.length()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = keys.get(i);
    }
    for (int row = 0; row < BATCH + 1; row++) {
      for (int t = 0; t < STEPS; t++) {
        for (int j = 0; j < WIDTH; j++) {
          expected[(t * BATCH + row % BATCH) * WIDTH + j] += weight(row, t) * query(row, j);
        }
      }
    }
    passes.addToMemory(new Attended(keys, rows, weights, WIDTH), BATCH + 1, LENGTHS);
    for (int i = 0; i < expected.length; i++) {
      assertClose(keys.get(i), expected[i]);
    }
  }

  @Test
  void additiveScoresAndTheirGradients() {
    NativeBuffer vector = random("vector", WIDTH);
    NativeBuffer scores = memory.floats((long) ROWS * STEPS);
    passes.additiveScores(new Additive(keys, rows, vector, scores), ROWS, LENGTHS);
    var ofKeys = new double[keys.length()];
    var ofRows = new double[rows.length()];
    var ofVector = new double[WIDTH];
    for (int row = 0; row < ROWS; row++) {
      for (int t = 0; t < LENGTHS[row % BATCH]; t++) {
        double score = 0;
        for (int j = 0; j < WIDTH; j++) {
          double u = Math.tanh(key(t, row, j) + query(row, j));
          double dz = weight(row, t) * vector.get(j) * (1 - u * u);
          score += vector.get(j) * u;
          ofKeys[(t * BATCH + row % BATCH) * WIDTH + j] += dz;
          ofRows[row * WIDTH + j] += dz;
          ofVector[j] += weight(row, t) * u;
        }
        assertClose(scores.get(row * STEPS + t), score);
      }
    }
    var gradients =
        new Additive(
            memory.floats(ofKeys.length),
            random("overwritten", ofRows.length),
            memory.floats(WIDTH),
            weights);
    passes.additiveGradients(new Additive(keys, rows, vector, weights), gradients, ROWS, LENGTHS);
    assertClose(gradients.keys(), ofKeys);
    assertClose(gradients.queries(), ofRows);
    assertClose(gradients.vector(), ofVector);
  }

  private static void assertClose(NativeBuffer actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertClose(actual.get(i), expected[i]);
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-4));
  }
}
