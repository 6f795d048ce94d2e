package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.ChainPasses.Transitions;

/** The formulas, in double precision; that vector code has the same bits is tested beside it. */
class ChainPassesTest {
  private final NativeMemory memory = new NativeMemory();
  private final Elementwise passes = new JavaElementwise();

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 21})
  void sumsAndCountsAreThoseOfTheFormulas(int tags) {
    NativeBuffer scores = random("scores", tags * tags);
    NativeBuffer ahead = random("ahead", 3 * tags);
    NativeBuffer weights = random("weights", 4 * tags);
    float[] before = weights.toArray();
    var transitions = transitions(scores, tags);
    NativeBuffer sums = memory.floats(tags);

    float largest = passes.logSumExp(transitions, ahead, 2, sums);
    passes.countTransitions(transitions, ahead, 2, weights);

    var after = new double[tags];
    double expectedLargest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < tags; i++) {
      double sum = 0;
      for (int j = 0; j < tags; j++) {
        sum += Math.exp((double) scores.get(i * tags + j) + ahead.get(2 * tags + j));
      }
      assertThat((double) sums.get(i)).isCloseTo(Math.log(sum), within(1e-6));
      expectedLargest = Math.max(expectedLargest, Math.log(sum));
      for (int j = 0; j < tags; j++) {
        double score = (double) scores.get(i * tags + j) + ahead.get(2 * tags + j);
        double p = before[2 * tags + i] * Math.exp(score) / sum;
        after[j] += p;
        assertThat((double) transitions.counts().get(i * tags + j)).isCloseTo(p, within(1e-6));
      }
    }
    assertThat((double) largest).isCloseTo(expectedLargest, within(1e-6));
    for (int j = 0; j < tags; j++) {
      assertThat((double) weights.get(3 * tags + j)).isCloseTo(after[j], within(1e-5));
    }
  }

  @Test
  void extremeScoresStayFiniteAndNotANumberStaysSo() {
    NativeBuffer scores = buffer(-1e30f, -1e30f, 1e4f, -1e4f);
    NativeBuffer sums = memory.floats(2);
    var transitions = transitions(scores, 2);
    float largest = passes.logSumExp(transitions, buffer(-1e4f, 1e4f), 0, sums);
    assertThat(sums.toArray()).containsExactly(-1e30f, (float) Math.log(2));
    assertThat(largest).isEqualTo((float) Math.log(2));
    assertThat(passes.logSumExp(transitions, buffer(Float.NaN, 0), 0, sums)).isNaN();
  }

  @Test
  void aRowOfNegligibleWeightCountsNothing() {
    var transitions = transitions(buffer(0, 0, 0, 0), 2);
    NativeBuffer weights = buffer(1, 9e-31f, 7, 7);
    passes.countTransitions(transitions, buffer(0, 0), 0, weights);
    assertThat(transitions.counts().toArray()).containsExactly(0.5f, 0.5f, 0, 0);
    assertThat(weights.toArray()).containsExactly(1, 9e-31f, 0.5f, 0.5f);
  }

  private Transitions transitions(NativeBuffer scores, int tags) {
    return new Transitions(scores, memory.floats(scores.length()), memory.floats(tags));
  }

  private NativeBuffer random(String name, int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) CounterRandom.of(5).derive(name).gaussian(i);
    }
    return buffer(values);
  }

  private NativeBuffer buffer(float... values) {
    NativeBuffer buffer = memory.floats(values.length);
    buffer.write(0, values, 0, values.length);
    return buffer;
  }
}
