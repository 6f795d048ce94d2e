package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.rondo.ingest.Shard;
import org.rondo.models.Minibatch;

class TextDataSetTest {
  /** Element t * B + b of minibatch n is 100 n + t * B + b; the target is the next number. */
  private record Counting(int padding) implements Shard {
    @Override
    public long minibatches() {
      return 3;
    }

    @Override
    public boolean startsSequence(long number) {
      return number == 0;
    }

    @Override
    public int steps(long number) {
      return 3;
    }

    @Override
    public Reader reader() {
      return (minibatch, number) -> {
        int[] inputs = minibatch.inputs();
        Arrays.setAll(inputs, i -> (int) (100 * number + i));
        Arrays.setAll(minibatch.targets(), i -> inputs[i] + 1);
        Arrays.fill(
            minibatch.targets(), inputs.length - padding, inputs.length, Minibatch.NO_TARGET);
      };
    }
  }

  @Test
  void minibatchesStandOneBehindTheOtherInEverySequence() {
    DataSet data = TextDataSet.of(new Counting(0), 1, 2, 3, 2);

    assertThat(data.getFeatures().shape()).containsExactly(2, 1, 6);
    assertThat(row(data, 0)).containsExactly(100, 102, 104, 200, 202, 204);
    assertThat(row(data, 1)).containsExactly(101, 103, 105, 201, 203, 205);
    assertThat(data.getLabels().getInt(1, 0, 5)).isEqualTo(206);
    assertThat(data.getLabelsMaskArray()).isNull();
    assertThat(TextDataSet.targets(data)).isEqualTo(12);
  }

  @Test
  void stepsWithoutTargetAreMasked() {
    DataSet data = TextDataSet.of(new Counting(2), 0, 1, 3, 2);

    assertThat(data.getLabelsMaskArray().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 1, 0}, {1, 1, 0}});
    assertThat(TextDataSet.targets(data)).isEqualTo(4);
  }

  private static int[] row(DataSet data, int sequence) {
    return data.getFeatures().reshape(2, 6).toIntMatrix()[sequence];
  }
}
