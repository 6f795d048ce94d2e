package org.rondo.ingest.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

class LengthBucketsTest {
  private static final CounterRandom RANDOM = CounterRandom.of(5);

  /** Sequence n holds n everywhere, and n as its label. */
  private static List<Sequence> labelled(int... lengths) {
    var sequences = new ArrayList<Sequence>();
    for (int n = 0; n < lengths.length; n++) {
      var ids = new int[lengths[n]];
      Arrays.fill(ids, n);
      sequences.add(Sequence.labelled(ids, n));
    }
    return sequences;
  }

  /** Many short ones, few long ones. */
  private static int[] lengths(int count) {
    return IntStream.range(0, count)
        .map(i -> (int) (60 * Math.pow(RANDOM.derive("lengths").uniform(i), 3)))
        .toArray();
  }

  @ParameterizedTest(name = "{0} sequences, B = {1}, {2} shapes")
  @CsvSource({"1, 4, 3", "50, 1, 2", "50, 4, 1", "203, 8, 4", "203, 8, 100"})
  void everySequenceIsInOneMinibatchWhole(int count, int batch, int shapes) {
    int[] lengths = lengths(count);
    LengthBuckets buckets = LengthBuckets.of(labelled(lengths), batch, shapes);
    Epoch epoch = buckets.epoch(RANDOM);
    var steps = new int[count];
    var labels = new int[count];
    long all = 0;
    int empty = 0;

    assertThat(buckets.steps())
        .hasSizeLessThanOrEqualTo(shapes)
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(epoch.minibatches()).isEqualTo(buckets.minibatches());
    for (int i = 0; i < epoch.minibatches(); i++) {
      assertThat(buckets.steps()).contains(epoch.steps(i));
      var minibatch = new Minibatch(epoch.steps(i), batch);
      epoch.fill(minibatch, i);
      all += (long) epoch.steps(i) * batch;
      for (int row = 0; row < epoch.steps(i) * batch; row++) {
        int length = minibatch.lengths()[row % batch];
        int id = minibatch.inputs()[row];
        if (row / batch < length) {
          assertThat(length).isEqualTo(lengths[id]);
          steps[id]++;
        }
        if (minibatch.targets()[row] >= 0) {
          assertThat(row / batch).as("the last step").isEqualTo(length - 1);
          assertThat(minibatch.targets()[row]).isEqualTo(id);
          labels[id]++;
        }
      }
      empty += (int) Arrays.stream(minibatch.lengths()).filter(length -> length == 0).count();
    }

    assertThat(steps).isEqualTo(lengths);
    assertThat(labels).isEqualTo(Arrays.stream(lengths).map(l -> Math.min(l, 1)).toArray());
    long sequences = (long) epoch.minibatches() * batch;
    long ofLengthZero = Arrays.stream(lengths).filter(length -> length == 0).count();
    assertThat(empty).as("rows left over").isEqualTo(sequences - count + ofLengthZero);
    double used = Arrays.stream(lengths).sum();
    assertThat(buckets.padding()).isCloseTo(1 - used / all, within(1e-12));
  }

  @Test
  void noOtherCutHasLessPadding() {
    int[] lengths = {1, 1, 2, 3, 3, 3, 7, 8, 8, 20, 21};
    for (int shapes = 1; shapes <= 4; shapes++) {
      for (int batch : new int[] {1, 2, 3}) {
        double padding = LengthBuckets.of(labelled(lengths), batch, shapes).padding();
        double least = leastSteps(lengths, 0, batch, shapes);
        double used = Arrays.stream(lengths).sum();
        assertThat(padding).isCloseTo(1 - used / least, within(1e-12));
      }
    }
  }

  /** Steps of the best cut behind {@code from}, by trying every cut. */
  private static double leastSteps(int[] sorted, int from, int batch, int shapes) {
    if (from == sorted.length) {
      return 0;
    }
    if (shapes == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int to = from + 1; to <= sorted.length; to++) {
      double here = Math.ceil((to - from) / (double) batch) * batch * sorted[to - 1];
      least = Math.min(least, here + leastSteps(sorted, to, batch, shapes - 1));
    }
    return least;
  }

  @Test
  void fewShapesAreEnoughForLittlePadding() {
    List<Sequence> sequences = labelled(lengths(2000));
    assertThat(LengthBuckets.of(sequences, 16, 1).padding()).isGreaterThan(0.7);
    assertThat(LengthBuckets.of(sequences, 16, 8).padding()).isLessThan(0.2);
  }

  @Test
  void aShapePerLengthWithFullMinibatchesHasNoPadding() {
    LengthBuckets buckets = LengthBuckets.of(labelled(5, 3, 3, 5, 5, 5), 2, 2);
    assertThat(buckets.padding()).isZero();
    assertThat(buckets.steps()).containsExactly(5, 3);
    assertThat(buckets.minibatches()).isEqualTo(3);
  }

  @Test
  void orderIsAFunctionOfTheNumbers() {
    LengthBuckets buckets = LengthBuckets.of(labelled(lengths(100)), 4, 5);
    assertThat(order(buckets.epoch(RANDOM))).isEqualTo(order(buckets.epoch(RANDOM)));
    assertThat(order(buckets.epoch(RANDOM))).isNotEqualTo(order(buckets.epoch(RANDOM.derive(1))));
  }

  private static List<List<Integer>> order(Epoch epoch) {
    var all = new ArrayList<List<Integer>>();
    for (int i = 0; i < epoch.minibatches(); i++) {
      var minibatch = new Minibatch(epoch.steps(i), 4);
      epoch.fill(minibatch, i);
      all.add(Arrays.stream(minibatch.inputs()).boxed().toList());
    }
    return all;
  }

  @Test
  void tagsStandAtTheirSteps() {
    var sequence = Sequence.tagged(new int[] {4, 5, 6}, new int[] {1, Minibatch.NO_TARGET, 0});
    LengthBuckets buckets = LengthBuckets.of(List.of(sequence), 2, 1);
    var minibatch = new Minibatch(3, 2);
    Arrays.fill(minibatch.inputs(), 9);
    buckets.epoch(RANDOM).fill(minibatch, 0);
    assertThat(minibatch.inputs()).containsExactly(4, 0, 5, 0, 6, 0);
    assertThat(minibatch.targets()).containsExactly(1, -1, -1, -1, 0, -1);
    assertThat(minibatch.lengths()).containsExactly(3, 0);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> Sequence.tagged(new int[2], new int[3]))
        .hasMessage("sequence: 2 steps with 3 tags");
    assertThatThrownBy(() -> LengthBuckets.of(List.of(), 2, 1))
        .hasMessageContaining("0 sequences in minibatches of 2 rows and 1 shapes");
    Epoch epoch = LengthBuckets.of(labelled(3), 2, 1).epoch(RANDOM);
    assertThatThrownBy(() -> epoch.fill(new Minibatch(2, 2), 0))
        .hasMessage("epoch: a minibatch of T = 2, B = 2 for sequences of T = 3, B = 2");
  }
}
