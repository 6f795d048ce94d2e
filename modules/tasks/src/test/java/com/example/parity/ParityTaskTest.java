package com.example.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;

/** That a task of one's own, known by its name alone, is all that learning needs. */
class ParityTaskTest {
  private static Task found() {
    return Task.ALL.members().values().stream()
        .filter(task -> task.name().equals("parity"))
        .findFirst()
        .orElseThrow();
  }

  private static Example row(String bits) {
    return new Example("row 1", Map.of("bits", bits));
  }

  @Test
  void itIsFoundFittedTrainedAndDecoded() {
    Task task = found();
    TaskSettings settings = TaskKeys.of(task, "modulus", "3");
    List<Example> rows =
        Stream.of("0110", "1", "111011", "00101", "101", "11").map(ParityTaskTest::row).toList();
    Fitting fitting = task.fitting(settings);
    rows.forEach(fitting::add);
    Features features = task.features(fitting.features().toJson());
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("gru", 8), 1, 0);
    try (var training =
        new TinyTraining(
            features.network(stack, settings), rows.stream().map(features::encode).toList())) {
      assertThat(training.measure(features.metrics().get(0))).isLessThan(0.9);
      training.run(250);
      assertThat(training.measure(features.metrics().get(0))).isEqualTo(1);
      assertThat(features.decoder().decode(rows.get(2), training.predictions().get(2)))
          .containsExactly(entry("remainder", 2.0));
    }
  }

  @Test
  void itsKeysAndRowsAreChecked() {
    Task task = found();
    assertThatThrownBy(() -> task.columns(TaskKeys.of(task, "modulus", "1")))
        .hasMessage("parity.modulus = 1: must be a whole number from 2 to 100");
    assertThatThrownBy(() -> task.fitting(TaskKeys.of(task)).add(row("012")))
        .hasMessage("row 1: column bits holds '012', not zeros and ones");
  }
}
