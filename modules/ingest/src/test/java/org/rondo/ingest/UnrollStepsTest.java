package org.rondo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;

class UnrollStepsTest {
  @Test
  void twentyMinibatchesHaveThoseOfACycle() {
    int[] steps = UnrollSteps.of(1365 + 50, 70);
    assertThat(steps).hasSize(21).startsWith(35, 70, 75, 65).endsWith(70);
    assertThat(Arrays.stream(steps).limit(20).sum()).isEqualTo(1365);
    assertThat(Arrays.stream(steps).filter(s -> s == 65).count()).isEqualTo(6);
    assertThat(Arrays.stream(steps).filter(s -> s == 75).count()).isEqualTo(6);
  }

  /** However the stream ends: the last minibatch alone is not filled. */
  @ParameterizedTest
  @CsvSource({"1, 70", "70, 70", "71, 70", "76, 70", "1000, 70", "4999, 14", "50, 4"})
  void minibatchesCoverTheStream(int length, int unroll) {
    int[] steps = UnrollSteps.of(length, unroll);
    int before = Arrays.stream(steps).sum() - unroll;
    assertThat(length - before).isBetween(1, unroll);
    assertThat(steps[steps.length - 1]).isEqualTo(unroll);
    assertThat(UnrollSteps.different(unroll)).containsAll(Arrays.stream(steps).boxed().toList());

    int[] shuffled = UnrollSteps.shuffled(steps, CounterRandom.of(1));
    assertThat(shuffled).containsExactlyInAnyOrder(steps);
    assertThat(shuffled[steps.length - 1]).isEqualTo(unroll);
  }

  @Test
  void tooFewStepsCannotVary() {
    assertThatThrownBy(() -> UnrollSteps.require(3))
        .hasMessage("train.vary_unroll = true: needs train.unroll >= 4, which is 3");
  }
}
