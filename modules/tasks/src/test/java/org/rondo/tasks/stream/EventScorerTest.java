package org.rondo.tasks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;

class EventScorerTest {
  private static final Task TASK = Task.ALL.named("classification");
  private static final TaskSettings SETTINGS = TaskKeys.of(TASK, "pooling", "mean");
  private static final Features FEATURES = features();
  private static final NetworkSpec NETWORK =
      FEATURES.network(RecurrentStack.of(CellSpec.of("lstm", 6), 1, 0), SETTINGS);
  private static final float[] PARAMETERS = Network.initialParameters(NETWORK, 4);

  private static Features features() {
    Fitting fitting = TASK.fitting(SETTINGS);
    fitting.add(row(Map.of("series", series(1, 2, 3), "label", "up")));
    fitting.add(row(Map.of("series", series(3, 2, 1), "label", "down")));
    return fitting.features();
  }

  private static Example row(Map<String, Object> values) {
    return new Example("meter 7", values);
  }

  private static float[][] series(float... values) {
    var series = new float[values.length][];
    for (int t = 0; t < values.length; t++) {
      series[t] = new float[] {values[t]};
    }
    return series;
  }

  private static Example event(float... values) {
    return row(Map.of("series", series(values)));
  }

  private static EventScorer scorer() {
    return new EventScorer(FEATURES, NETWORK, PARAMETERS, Kernels.best(), ElementType.FLOAT32, 3);
  }

  private static List<RowPrediction> scored(EventScorer scorer, KeyState state, Example... rows) {
    return scorer.score(List.of(new KeyEvents<>(state, List.of(rows)))).get(0);
  }

  private static double[] probabilities(RowPrediction prediction) {
    return (double[]) prediction.values().get("probabilities");
  }

  @Test
  void anEventIsPredictedAsTheRowOfAllEventsSoFar() {
    try (EventScorer scorer = scorer();
        var predictor =
            new Predictor(FEATURES, NETWORK, PARAMETERS, Kernels.best(), ElementType.FLOAT32)) {
      List<RowPrediction> scored =
          scored(scorer, scorer.states().start(), event(1), event(3, 2), event(5));
      assertThat(scored).hasSize(3);
      List<Example> rows = List.of(event(1), event(1, 3, 2), event(1, 3, 2, 5));
      for (int i = 0; i < 3; i++) {
        Map<String, Object> whole = predictor.predict(rows.get(i));
        assertThat(probabilities(scored.get(i)))
            .containsExactly((double[]) whole.get("probabilities"), within(1e-6));
        assertThat(scored.get(i).values().get("prediction")).isEqualTo(whole.get("prediction"));
      }
    }
  }

  @Test
  void anEventThatCannotBeUsedLeavesTheStateAsItIs() {
    try (EventScorer scorer = scorer()) {
      KeyState clean = scorer.states().start();
      KeyState other = scorer.states().start();
      List<RowPrediction> expected = scored(scorer, clean, event(1), event(2));
      List<RowPrediction> scored = scored(scorer, other, event(1), event(Float.NaN), event(2));
      assertThat(scored.get(1).problem())
          .isEqualTo("meter 7: column series holds NaN at step 0, value 0");
      assertThat(probabilities(scored.get(2))).isEqualTo(probabilities(expected.get(1)));
      assertThat(scorer.states().encode(other)).isEqualTo(scorer.states().encode(clean));
      assertThat(other.events()).isEqualTo(2);
    }
  }

  @Test
  void aNetworkOfOtherRowsIsRefused() {
    var other = new NetworkSpec(NETWORK.layers(), new HeadSpec("classifier", 5));
    assertThatThrownBy(
            () ->
                new EventScorer(
                    FEATURES, other, PARAMETERS, Kernels.best(), ElementType.FLOAT32, 3))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("stream: the features make 1 value as inputs");
  }
}
