package org.rondo.training.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.CounterRandom;

class AveragingTest {
  @Test
  void oneShardGetsItsOwnBits() {
    float[] values = {0.1f, -3e-42f, 1e38f, Float.MIN_VALUE, 0f, -0f};

    assertThat(Averaging.mean(List.of(values), new long[] {1_234_567})).isEqualTo(values);
  }

  @Test
  void meanIsTheRoundedMeanOfExactSums() {
    float[] a = {1f, 16_777_216f, 0.1f};
    float[] b = {2f, 1f, 0.2f};
    float[] c = {4f, 1f, 0.7f};

    // In float32, 2^24 + 1 + 1 would be 2^24.
    assertThat(Averaging.mean(List.of(a, b, c), new long[] {5, 5, 5}))
        .containsExactly(
            (float) (7 / 3.0),
            (float) (16_777_218 / 3.0),
            (float) (((double) 0.1f + 0.2f + 0.7f) / 3));
  }

  /** Against exact decimal arithmetic; longer than a block of sums, with a short last one. */
  @Test
  void everyShardWeighsAsMuchAsItsTokens() {
    long[] tokens = {700, 1, 123_456_789, 31};
    var vectors = new ArrayList<float[]>();
    CounterRandom random = CounterRandom.of(3);
    for (int shard = 0; shard < tokens.length; shard++) {
      var values = new float[5000];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.derive(shard).uniform(i) - 0.5);
      }
      vectors.add(values);
    }

    float[] mean = Averaging.mean(vectors, tokens);

    for (int i = 0; i < mean.length; i++) {
      var sum = BigDecimal.ZERO;
      for (int shard = 0; shard < tokens.length; shard++) {
        sum =
            sum.add(
                new BigDecimal(vectors.get(shard)[i]).multiply(BigDecimal.valueOf(tokens[shard])));
      }
      double exact =
          sum.divide(BigDecimal.valueOf(LongStream.of(tokens).sum()), new MathContext(40))
              .doubleValue();
      // Sums in double are exact to far below half a unit of float32.
      assertThat(mean[i]).as("element %d", i).isEqualTo((float) exact);
    }
  }

  @Test
  void shardThatHandsInNothingWeighsNothing() {
    float[] only = {0.1f, -0f, 3e-42f};

    assertThat(Averaging.mean(List.of(new float[0], only, new float[3]), new long[] {9, 4, 0}))
        .isEqualTo(only);
    assertThat(Averaging.mean(List.of(only, new float[0]), new long[] {0, 7})).isEmpty();
  }

  @Test
  void chunksAreThoseOfTheWhole() {
    var random = CounterRandom.of(4);
    var a = new float[10_000];
    var b = new float[10_000];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.uniform(i);
      b[i] = (float) random.uniform(50_000L + i);
    }
    long[] tokens = {3, 8};
    var chunked = new float[a.length];

    Averaging.mean(List.of(a, b), tokens, chunked, 7001, a.length);
    Averaging.mean(List.of(a, b), tokens, chunked, 0, 7001);

    assertThat(chunked).isEqualTo(Averaging.mean(List.of(a, b), tokens));
  }

  @Test
  void vectorsOfDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> Averaging.mean(List.of(new float[2], new float[3]), new long[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean: shard 0 hands in 2 values, another one 3");
  }
}
