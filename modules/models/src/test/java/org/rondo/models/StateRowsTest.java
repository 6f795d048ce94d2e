package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateRowsTest {
  /** Slots of 2 and 1 values, of three sequences. */
  private final StateRows rows = new StateRows(List.of(2, 1), 3);

  private static HiddenState counting() {
    var state = new HiddenState(9);
    for (int i = 0; i < 9; i++) {
      state.values()[i] = i;
    }
    return state;
  }

  @Test
  void aRowIsTheSequencesPartOfEverySlot() {
    var row = new float[3];
    rows.read(counting(), 1, row);
    assertThat(row).containsExactly(2, 3, 7);
    assertThat(rows.rowLength()).isEqualTo(3);
    assertThat(rows.length()).isEqualTo(9);
  }

  @Test
  void writingARowLeavesTheOthers() {
    HiddenState state = counting();
    rows.write(new float[] {-1, -2, -3}, state, 2);
    assertThat(state.values()).containsExactly(0, 1, 2, 3, -1, -2, 6, 7, -3);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> rows.read(new HiddenState(8), 3, new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hidden state: 8 values, sequence 3, row of 2 values; built for 9 values of B = 3"
                + " sequences, rows of 3");
  }
}
