package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;

class DataSetSequencesTest {
  /** Ids below 5, a class of 3 for each step. */
  private static final DataSetSequences TAGGED =
      new DataSetSequences(new SequenceShape(List.of(5), 0, 3, 0), false);

  /** Two values in each step, one of 3 classes for each sequence. */
  private static final DataSetSequences CLASSIFIED =
      new DataSetSequences(new SequenceShape(List.of(), 2, 3, 0), true);

  private static final Sequence FIRST = Sequence.ofIds(new int[] {4, 0, 2});
  private static final Sequence SECOND = Sequence.ofIds(new int[] {1, 3, 1});
  private static final float[][] IDS = {{4, 0, 2}, {1, 3, 1}};
  private static final float[][] TAGS = {{0, 2, 1}, {2, 2, 0}};

  @Test
  void idsAndNumbersOfClassesComeInEitherShape() {
    List<Sequence> expected =
        List.of(FIRST.withTags(new int[] {0, 2, 1}), SECOND.withTags(new int[] {2, 2, 0}));

    assertSame(TAGGED.of(new DataSet(rows(IDS), rows(TAGS))), expected);
    assertSame(TAGGED.of(new DataSet(steps(IDS), steps(TAGS))), expected);
  }

  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void oneHotColumnsAreWhereTheirOnesStand(char order) {
    DataSet data = new DataSet(hot(IDS, 5).dup(order), hot(TAGS, 3).dup(order));

    assertSame(
        TAGGED.of(data),
        List.of(FIRST.withTags(new int[] {0, 2, 1}), SECOND.withTags(new int[] {2, 2, 0})));
  }

  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void valuesComeStepByStepWhateverTheLayout(char order) {
    INDArray features =
        Nd4j.create(new float[] {1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12}, new long[] {2, 2, 3})
            .dup(order);
    DataSet data = new DataSet(features, rows(new float[][] {{0, 1, 0}, {0, 0, 1}}));

    assertSame(
        CLASSIFIED.of(data),
        List.of(
            Sequence.ofValues(new float[] {1, 2, 3, 4, 5, 6}, 2).withLabel(1),
            Sequence.ofValues(new float[] {7, 8, 9, 10, 11, 12}, 2).withLabel(2)));
    // A view into a larger array begins behind its beginning.
    assertSame(
        CLASSIFIED.of((DataSet) data.getRange(1, 2)),
        List.of(Sequence.ofValues(new float[] {7, 8, 9, 10, 11, 12}, 2).withLabel(2)));
    features = features.castTo(DataType.DOUBLE);
    assertSame(
        CLASSIFIED.of(new DataSet(features, rows(new float[][] {{1}, {2}}))),
        List.of(
            Sequence.ofValues(new float[] {1, 2, 3, 4, 5, 6}, 2).withLabel(1),
            Sequence.ofValues(new float[] {7, 8, 9, 10, 11, 12}, 2).withLabel(2)));
  }

  @Test
  void masksGiveLengthsAndTargets() {
    DataSet data =
        new DataSet(
            rows(IDS),
            rows(TAGS),
            rows(new float[][] {{1, 1, 1}, {1, 1, 0}}),
            rows(new float[][] {{0, 0, 1}, {1, 0, 1}}));

    assertSame(
        TAGGED.of(data),
        List.of(
            FIRST.withTags(new int[] {-1, -1, 1}),
            Sequence.ofIds(new int[] {1, 3}).withTags(new int[] {2, -1})));
  }

  @Test
  void targetValuesComeStepByStepToo() {
    var regression = new DataSetSequences(new SequenceShape(List.of(), 1, 0, 2), false);
    INDArray features = Nd4j.create(new float[] {1, 2}, new long[] {1, 1, 2});
    INDArray labels = Nd4j.create(new float[] {3, 5, 4, 6}, new long[] {1, 2, 2});

    assertSame(
        regression.of(new DataSet(features, labels, null, rows(new float[][] {{0, 1}}))),
        List.of(
            Sequence.ofValues(new float[] {1, 2}, 1)
                .withStepValues(new float[] {3, 4, 5, 6}, new boolean[] {false, true})));

    var pooled = new DataSetSequences(new SequenceShape(List.of(), 1, 0, 2), true);
    assertSame(
        pooled.of(new DataSet(features, rows(new float[][] {{3, 4}}))),
        List.of(Sequence.ofValues(new float[] {1, 2}, 1).withFinalValues(new float[] {3, 4})));
  }

  @Test
  void anIdOutsideOfTheVocabularyIsNamed() {
    assertBroken(
        TAGGED,
        new DataSet(rows(new float[][] {{1, 5, 0}}), rows(new float[][] {{0, 0, 0}})),
        "data set: the feature at step 1 of sequence 0 is 5.0; the network has 5");
    assertBroken(
        TAGGED,
        new DataSet(hot(IDS, 6), rows(TAGS)),
        "data set: features of shape [2, 6, 3]; the network has 5: expected one-hot columns (B,5,T), or numbers (B,1,T)");
  }

  @Test
  void labelsOfAnotherSizeAreNamed() {
    assertBroken(
        TAGGED,
        new DataSet(rows(IDS), hot(TAGS, 4)),
        "data set: labels of shape [2, 4, 3]; the network has 3: expected one-hot columns (B,3,T), or numbers (B,1,T)");
    assertBroken(
        TAGGED,
        new DataSet(rows(IDS), rows(new float[][] {{0, 2, 1}})),
        "data set: labels of shape [1, 3] for features of shape [2, 3]");
    assertBroken(
        CLASSIFIED,
        new DataSet(Nd4j.zeros(2, 3, 4), rows(new float[][] {{0}, {1}})),
        "data set: features of shape [2, 3, 4]; the network has (B,2,T)");
  }

  @Test
  void columnsThatAreNotOneHotAreNamed() {
    INDArray soft = hot(TAGS, 3);
    soft.putScalar(new int[] {1, 2, 1}, 0.5);

    assertBroken(
        TAGGED,
        new DataSet(rows(IDS), soft),
        "data set: the label at step 1 of sequence 1 is not one-hot: its values sum to 0.5, the largest is 0.5");
  }

  @Test
  void paddingBeforeASequenceIsAnError() {
    DataSet data =
        new DataSet(rows(IDS), rows(TAGS), rows(new float[][] {{1, 1, 1}, {0, 1, 1}}), null);

    assertBroken(
        TAGGED,
        data,
        "data set: the features' mask of sequence 1 is 0 at step 0 and 1 at step 1; let padding stand behind a sequence");
  }

  private static void assertBroken(DataSetSequences kind, DataSet data, String message) {
    assertThatThrownBy(() -> kind.of(data)).isInstanceOf(IngestException.class).hasMessage(message);
  }

  private static void assertSame(List<Sequence> actual, List<Sequence> expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  private static INDArray rows(float[][] values) {
    return Nd4j.create(values);
  }

  private static INDArray steps(float[][] values) {
    return Nd4j.create(values).reshape(values.length, 1, values[0].length);
  }

  private static INDArray hot(float[][] numbers, int classes) {
    INDArray columns = Nd4j.zeros(numbers.length, classes, numbers[0].length);
    for (int b = 0; b < numbers.length; b++) {
      for (int t = 0; t < numbers[b].length; t++) {
        columns.putScalar(new int[] {b, (int) numbers[b][t], t}, 1);
      }
    }
    return columns;
  }
}
