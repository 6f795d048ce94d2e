package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.training.storage.CheckpointException;

class WorkerStateTest {
  private static final int COUNT_OF_SLOTS = 28;
  private static final int LENGTH_OF_HIDDEN = 32;
  private static final int LENGTH_OF_PARAMETERS = LENGTH_OF_HIDDEN + 4 + 2 * 4;
  private static final int LENGTH_OF_SLOT = LENGTH_OF_PARAMETERS + 4 + 4;

  private static byte[] file() throws IOException {
    var state =
        new WorkerState(
            3,
            70,
            4,
            new float[] {1, -2},
            List.of(new float[] {0.5f}, new float[0]),
            new float[] {8});
    var out = new ByteArrayOutputStream();
    state.write(out);
    return out.toByteArray();
  }

  private static WorkerState read(byte[] file) throws IOException {
    return WorkerState.read(new ByteArrayInputStream(file), file.length);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    WorkerState state = read(file());

    assertThat(state.shard()).isEqualTo(3);
    assertThat(state.steps()).isEqualTo(70);
    assertThat(state.idle()).isEqualTo(4);
    assertThat(state.hidden()).containsExactly(1, -2);
    assertThat(state.parameters()).containsExactly(8);
    assertThat(state.slots()).hasSize(2);
    assertThat(state.slots().get(0)).containsExactly(0.5f);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 1_000, Integer.MAX_VALUE})
  void vectorLongerThanTheFileIsRefused(int length) throws IOException {
    for (int at : new int[] {LENGTH_OF_HIDDEN, LENGTH_OF_PARAMETERS, LENGTH_OF_SLOT}) {
      byte[] file = file();
      ByteBuffer.wrap(file).putInt(at, length);

      assertThatThrownBy(() -> read(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("a vector of %d values in ", length);
    }
  }

  @Test
  void moreSlotsThanTheFileHoldsAreRefused() throws IOException {
    byte[] file = file();
    ByteBuffer.wrap(file).putInt(COUNT_OF_SLOTS, Integer.MAX_VALUE);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("ends where a vector should begin");
  }

  /** Which counted no minibatches without targets: it took a step for those as well. */
  @Test
  void stateOfTheVersionBeforeIsRead() throws IOException {
    byte[] file = file();
    var before = new ByteArrayOutputStream();
    before.write(file, 0, 20);
    before.write(file, 28, file.length - 28);
    byte[] older = before.toByteArray();
    ByteBuffer.wrap(older).putInt(4, 3);

    WorkerState state = read(older);

    assertThat(state.steps()).isEqualTo(70);
    assertThat(state.idle()).isZero();
    assertThat(state.slots()).hasSize(2);
  }
}
