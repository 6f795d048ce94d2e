package org.rondo.tasks.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;

class SeriesFittingTest {
  private static final Example PAIR = row(new float[] {1, 20}, new float[] {3, 40});
  private static final Example THREE = row(new float[] {1, 2, 3});

  private static Example row(float[]... steps) {
    return new Example("row", Map.of("series", steps));
  }

  private static SeriesFitting fitted(Example... rows) {
    var plan = InputPlan.of("classification", TaskKeys.of(Task.ALL.named("classification")));
    var fitting = new SeriesFitting(plan);
    List.of(rows).forEach(row -> fitting.add(row, new Counts()));
    return fitting;
  }

  @Test
  void mostRowsSayHowManyValuesAStepHas() {
    RowInput input = fitted(THREE, PAIR, PAIR).input(new Counts());
    assertThat(input.sequence(PAIR, new Counts()).values()).containsExactly(-1, -1, 1, 1);
    assertThatThrownBy(() -> input.sequence(THREE, new Counts()))
        .hasMessage("row: column series holds 3 values at step 0, others hold 2");
  }

  @Test
  void partsOfTheRowsComeToTheSame() {
    SeriesFitting first = fitted(THREE);
    first.merge(fitted());
    first.merge(fitted(PAIR, PAIR));
    assertThat(first.input(new Counts())).isEqualTo(fitted(THREE, PAIR, PAIR).input(new Counts()));
    assertThat(fitted(THREE, PAIR).input(new Counts())).isEqualTo(fitted(PAIR).input(new Counts()));
  }

  @Test
  void stepsOfOneRowMustBeEquallyWide() {
    Example ragged = row(new float[] {1, 2}, new float[] {1});
    assertThatThrownBy(() -> fitted(PAIR, ragged))
        .hasMessage("row: column series holds 1 value at step 1, others hold 2");
  }
}
