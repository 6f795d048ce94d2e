package org.rondo.ingest.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBucketsTest {
  private static final int[] LENGTHS = {1, 1, 2, 3, 3, 3, 7, 8, 8, 20, 21};

  private static LengthCounts counts(int... lengths) {
    var counts = new LengthCounts();
    Arrays.stream(lengths).forEach(counts::add);
    return counts;
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "7", "50"})
  void noOtherCutHasLessPadding(int most) {
    List<Integer> steps = LengthBorders.least(counts(LENGTHS).counts(), most);
    assertThat(steps).hasSizeLessThanOrEqualTo(most).isSorted().endsWith(21);
    long all = 0;
    for (int length : LENGTHS) {
      all += steps.stream().filter(each -> each >= length).findFirst().orElseThrow();
    }
    assertThat(all).isEqualTo((long) leastSteps(0, most));
  }

  /** Steps of the best cut behind {@code from}, by trying every cut. */
  private static double leastSteps(int from, int buckets) {
    if (from == LENGTHS.length) {
      return 0;
    }
    if (buckets == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int to = from + 1; to <= LENGTHS.length; to++) {
      double here = (double) (to - from) * LENGTHS[to - 1];
      least = Math.min(least, here + leastSteps(to, buckets - 1));
    }
    return least;
  }

  @Test
  void whatIsLongerThanUnrollCountsAsItsPieces() {
    LengthCounts counts = counts(0, 5, 25, 25);
    assertThat(LengthBuckets.steps(counts, 25, 10, 9)).containsExactly(1, 5, 10);
    assertThat(LengthBuckets.steps(counts, 25, 10, 2)).containsExactly(5, 10);
    assertThat(LengthBuckets.steps(counts, 25, 100, 9)).containsExactly(1, 5, 25);
    assertThat(LengthBuckets.steps(counts, 25, 100, 1)).as("as it was").containsExactly(100);
    assertThat(LengthBuckets.steps(counts(), 25, 100, 9)).as("unknown").containsExactly(100);
  }

  @Test
  void longLengthsAreRoundedUpByLessThanTwoPercent() {
    int[] lengths = {128, 129, 130, 1000, 65_537, Integer.MAX_VALUE};
    assertThat(counts(lengths).counts().keySet())
        .containsExactly(128, 130, 1000, 66_560, Integer.MAX_VALUE);
    assertThat(LengthBuckets.steps(counts(129, 1001), 1001, 5000, 4))
        .as("no longer than the longest")
        .containsExactly(130, 1001);
    for (int length = 129; length < 5000; length++) {
      assertThat(counts(length).counts().firstKey()).isBetween(length, length + length / 64);
    }
  }
}
