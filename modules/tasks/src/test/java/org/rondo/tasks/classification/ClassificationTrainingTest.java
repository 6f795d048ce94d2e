package org.rondo.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rondo.tasks.classification.ClassificationTaskTest.fit;
import static org.rondo.tasks.classification.ClassificationTaskTest.row;
import static org.rondo.tasks.classification.ClassificationTaskTest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;

/** What networks of the task learn, and by which weights. */
class ClassificationTrainingTest {
  private static final Task TASK = new ClassificationTask();

  @ParameterizedTest
  @ValueSource(strings = {"last", "mean", "max", "attention"})
  void aTinyNetworkLearnsWhatRowsSay(String pooling) {
    TaskSettings settings = TaskKeys.of(TASK, "pooling", pooling, "embedding", "5");
    var rows = new ArrayList<Example>();
    for (String word : List.of("good", "fine", "great", "superb")) {
      rows.add(text("a " + word + " film", "pos"));
      rows.add(text("not a " + word + " film at all", "neg"));
    }
    Features features = fit(settings, rows.toArray(Example[]::new));
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("gru", 8), 1, 0);
    try (var training =
        new TinyTraining(
            features.network(stack, settings), rows.stream().map(features::encode).toList())) {
      Metric loss =
          features.metrics().stream().filter(m -> m.name().equals("log-loss")).findFirst().get();
      assertThat(training.measure(loss)).isGreaterThan(0.5);
      training.run(150);
      assertThat(training.measure(features.metrics().get(0))).isEqualTo(1);
      assertThat(training.measure(loss)).isLessThan(0.05);
      List<Predictions> predictions = training.predictions();
      for (int i = 0; i < rows.size(); i++) {
        Map<String, Object> decoded = features.decoder().decode(rows.get(i), predictions.get(i));
        assertThat(decoded.get("prediction")).isEqualTo(rows.get(i).text("label"));
        assertThat((Double) decoded.get("probability")).isBetween(0.9, 1.0);
        double[] all = (double[]) decoded.get("probabilities");
        assertThat(all[0] + all[1]).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void labelsAreWeighted() {
    // Of four rows three are x: 4 / (2 * 3) and 4 / (2 * 1).
    assertThat(weights("balanced")).isEqualTo("0.666666667, 2.000000000");
    assertThat(weights("y:2.5")).isEqualTo("1, 2.5");
    assertThat(weights("none")).isNull();
    assertThatThrownBy(() -> weights("z:2"))
        .hasMessage("classification.class_weights = z:2: no training row has 'z'; they have x, y");
    assertThatThrownBy(
            () ->
                TASK.columns(
                    TaskKeys.of(TASK, "class_weights", "balanced", "several_labels", "true")))
        .hasMessage(
            "classification.class_weights = balanced: must be none with"
                + " classification.several_labels = true");
  }

  private static String weights(String key) {
    TaskSettings settings = TaskKeys.of(TASK, "class_weights", key);
    Features features =
        fit(settings, text("a", "x"), text("b", "x"), text("c", "x"), text("d", "y"));
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("gru", 2), 1, 0);
    NetworkSpec spec = features.network(stack, settings);
    assertThat(Network.layout(spec).length()).isPositive(); // the head reads its options
    return spec.head().options().values().get("class_weights");
  }

  @Test
  void aTinyNetworkLearnsSeveralLabels() {
    TaskSettings settings = TaskKeys.of(TASK, "several_labels", "true", "pooling", "max");
    var rows =
        List.of(
            row("text", "cats and dogs", "label", List.of("cat", "dog")),
            row("text", "cats", "label", List.of("cat")),
            row("text", "dogs", "label", List.of("dog")),
            row("text", "and", "label", List.of()));
    Features features = fit(settings, rows.toArray(Example[]::new));
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("gru", 8), 1, 0);
    try (var training =
        new TinyTraining(
            features.network(stack, settings), rows.stream().map(features::encode).toList())) {
      training.run(150);
      for (Metric metric : features.metrics()) {
        assertThat(training.measure(metric)).as(metric.name()).isEqualTo(1);
      }
      for (int i = 0; i < rows.size(); i++) {
        assertThat(
                features
                    .decoder()
                    .decode(rows.get(i), training.predictions().get(i))
                    .get("prediction"))
            .isEqualTo(rows.get(i).tokens("label"));
      }
    }
  }

  @Test
  void aTinyNetworkLearnsSeries() {
    TaskSettings settings = TaskKeys.of(TASK);
    var rows = new ArrayList<Example>();
    for (int i = 0; i < 6; i++) {
      rows.add(row("series", new float[][] {{1 + i}, {2 + i}, {3 + i}}, "label", "up"));
      rows.add(row("series", new float[][] {{9 - i}, {8 - i}}, "label", "down"));
    }
    Features features = fit(settings, rows.toArray(Example[]::new));
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 6), 1, 0);
    try (var training =
        new TinyTraining(
            features.network(stack, settings), rows.stream().map(features::encode).toList())) {
      assertThat(training.measure(features.metrics().get(0))).isLessThan(0.9);
      training.run(200);
      assertThat(training.measure(features.metrics().get(0))).isEqualTo(1);
    }
  }
}
