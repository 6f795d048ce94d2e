package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.sync.SyncPlan;

class DivergenceTest {
  private final ParameterLayout layout = new ParameterLayout();

  DivergenceTest() {
    layout.add("below", 2);
    layout.add("above", 1, 2);
  }

  /** A smaller rate is no cure of what happens before the first step. */
  @Test
  void whatHappensBeforeAnyStepIsNotBlamedOnTheLearningRate() {
    Round first = round(TinyJob.plan(1, "sgd"));

    assertThat(Divergence.beforeAnyStep(first, "minibatch 1, shard 0: mean loss Infinity"))
        .hasMessageStartingWith("training cannot begin: round 1, minibatch 1, shard 0: mean loss")
        .hasMessageContaining("it is not the learning rate: smaller values in the data")
        .hasMessageNotContaining("optimizer.learning_rate");
  }

  @Test
  void adviceNamesTheKeysThatThePlanUses() {
    TrainingPlan clipped = TinyJob.plan(2, "sgd");

    assertThat(Divergence.in(round(clipped), 4, "here"))
        .hasMessageEndingWith("a smaller optimizer.learning_rate or train.clip_norm may help");
    assertThat(Divergence.advice(clipped.with(p -> p.clip(ClipPlan.NONE))))
        .isEqualTo("a smaller optimizer.learning_rate, or train.clip_norm above 0, may help");
    assertThat(Divergence.advice(clipped.with(p -> p.sync(SyncPlan.of("block-momentum", 2)))))
        .isEqualTo(
            "a smaller optimizer.learning_rate or train.clip_norm, or a smaller sync.momentum or sync.learning_rate, may help");
  }

  @Test
  void validationLossThatIsInfiniteNamesTheRoundAndTheLargestParameter() {
    TrainingException failure =
        Divergence.inEvaluation(
            TinyJob.plan(1, "sgd"),
            7,
            Double.POSITIVE_INFINITY,
            layout,
            new float[] {1, 2, -3e38f, 4});

    assertThat(failure)
        .hasMessageStartingWith(
            "training diverged in round 7: the validation loss is Infinity; the largest of the common parameters is one of above, 3.0E38; a smaller optimizer.learning_rate");
  }

  @Test
  void valuesOfAMinibatchAreToldWhereThereAreAny() {
    var network =
        new NetworkSpec(
            List.of(new Values(1), new Recurrent(CellSpec.of("lstm", 2))),
            new HeadSpec("regression", 1));
    Minibatch values = Minibatch.forNetwork(network, 1, 1);
    values.values()[0] = 2e30f;
    values.valueTargets()[0] = -5f;

    assertThat(Divergence.ofValues(values))
        .isEqualTo("; its largest input is 2.0E30, its largest target 5.0");
    assertThat(Divergence.ofValues(new Minibatch(1, 1))).isEmpty();
  }

  private static Round round(TrainingPlan plan) {
    return new Round(1, 0, plan, 1, null, TinyJob.FINGERPRINT);
  }
}
