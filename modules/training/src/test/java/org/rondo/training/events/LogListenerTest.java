package org.rondo.training.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Score;

class LogListenerTest {
  private final List<String> progress = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void warningsAndFailingStorageAreWarningsAndEachEvaluationIsALine() {
    var listener = new LogListener(progress::add, warnings::add);

    listener.on(
        new TrainingEvent.Started(
            1, 3, 2, 100, "threads", "java", 0, List.of("too few tokens"), List.of("padding")));
    listener.on(evaluated(2, 1.5, 4.4817));
    listener.on(new TrainingEvent.StorageFailed(2, "disk full", 1, 5, 2));
    listener.on(new TrainingEvent.Finished(3, TrainingEvent.End.COMPLETED));

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).isEqualTo("too few tokens");
    assertThat(warnings.get(1)).contains("disk full", "retry 1 of 5");
    assertThat(progress)
        .containsExactly(
            "training, from round 1 of 3: 100 parameters, 2 shards on threads; java",
            "note: padding",
            "round 2: validation loss 1.5000, perplexity 4.482, the best so far",
            "finished after round 3");
  }

  private static TrainingEvent.Evaluated evaluated(int round, double loss, double perplexity) {
    return new TrainingEvent.Evaluated(
        round,
        loss,
        List.of(new Score("loss", loss, false), new Score("perplexity", perplexity, false)),
        Map.of(),
        true);
  }
}
