package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.Scores;
import org.rondo.models.HeadSpec;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/** A language model that is trained by samples of its vocabulary. */
class SampledTrainingTest {
  @TempDir static Path folder;

  /**
   * Though minibatches of both have the same shape, for which workers' networks serve otherwise.
   */
  @Test
  void evaluationHasTheFullSoftmaxAndBothLearn() {
    TrainingPlan plan = TinyJob.plan(2, "sparse-adam").with(p -> p.batch(1, 5));
    assertThat(plan.evaluation().batch()).isEqualTo(plan.rounds().batch());
    TrainingJob untied = TinyJob.of(folder, TinyJob.text(), plan);
    int vocabulary = untied.network().head().outputs();
    NetworkSpec network =
        RecurrentStack.of(CellSpec.of("lstm", 8), 1, 0)
            .languageModel(vocabulary, 0, new Options(Map.of("tied", "true", "samples", "6")));
    var sampled = new TrainingJob(network, plan, untied.dataset());
    HeadSpec full = network.head().without("samples");
    var evaluated =
        new TrainingJob(new NetworkSpec(network.layers(), full), plan, untied.dataset());

    float[] initial = Network.initialParameters(network, 5);
    try (var carrier = new ThreadCarrier(sampled);
        var reference = new ThreadCarrier(evaluated)) {
      Scores before = carrier.evaluate("validation", initial);
      assertThat(before).isEqualTo(reference.evaluate("validation", initial));
      float[] learned = initial;
      for (int r = 1; r <= 4; r++) {
        learned = carrier.run(TinyJob.round(sampled, r), learned).mean();
      }
      Scores after = carrier.evaluate("validation", learned);
      assertThat(after).isEqualTo(reference.evaluate("validation", learned));
      assertThat(after.loss()).isLessThan(before.loss());
    }
  }
}
