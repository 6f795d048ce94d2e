package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;

class Dl4jUpdateTest {
  private static final double TARGETS = 5;

  @Test
  void ratesOfDescentGrowByTheTargetsOfASequence() {
    assertThat(optimizer(new Sgd(0.1))).isEqualTo(OptimizerPlan.of("sgd", 0.5));
    OptimizerPlan nesterov = optimizer(new Nesterovs(0.1, 0.8));
    assertThat(nesterov.name()).isEqualTo("nesterov");
    assertThat(nesterov.learningRate()).isEqualTo(0.5);
    assertThat(nesterov.momentum()).isEqualTo(0.8);
  }

  @Test
  void adamKeepsItsRateAndDividesItsEpsilon() {
    assertThat(optimizer(new Adam(0.1, 0.8, 0.99, 1e-6)))
        .isEqualTo(new OptimizerPlan("adam", 0.1, 0, 0.8, 0.99, 1e-6 / TARGETS, 0));
  }

  @Test
  void limitsOfClippingAreDivided() {
    assertThat(clip(GradientNormalization.None)).isEqualTo(ClipPlan.NONE);
    assertThat(clip(GradientNormalization.ClipL2PerLayer)).isEqualTo(ClipPlan.ofNorm(2));
    assertThat(clip(GradientNormalization.ClipElementWiseAbsoluteValue))
        .isEqualTo(new ClipPlan(0, 2, 0));
  }

  @Test
  void truncationIsTheUnroll() {
    MultiLayerConfiguration whole = configuration(builder -> builder);
    assertThat(Dl4jUpdate.unroll(whole, 70)).isEqualTo(70);

    MultiLayerConfiguration truncated = configuration(builder -> builder);
    truncated.setBackpropType(org.deeplearning4j.nn.conf.BackpropType.TruncatedBPTT);
    truncated.setTbpttFwdLength(20);
    truncated.setTbpttBackLength(20);
    assertThat(Dl4jUpdate.unroll(truncated, 70)).isEqualTo(20);
    assertThat(Dl4jUpdate.unroll(truncated, 12)).isEqualTo(12);

    truncated.setTbpttBackLength(10);
    assertThatThrownBy(() -> Dl4jUpdate.unroll(truncated, 70))
        .hasMessageContaining("tBPTTForwardLength = 20, tBPTTBackwardLength = 10");
  }

  @Test
  void whatRondoHasNotIsAnErrorThatNamesTheLayer() {
    assertUnsupported(builder -> builder.updater(new RmsProp(0.1)), "layer 0", "RmsProp", "Adam");
    assertUnsupported(builder -> builder.l2(1e-4), "layer 0", "regularization");
    assertUnsupported(
        builder -> builder.updater(new Sgd(new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.9))),
        "layer 0",
        "constant rate");
    assertUnsupported(
        builder -> builder.gradientNormalization(GradientNormalization.RenormalizeL2PerLayer),
        "layer 0",
        "RenormalizeL2PerLayer",
        "ClipL2PerLayer");
    assertUnsupported(builder -> builder.miniBatch(false), "layer 0", "miniBatch");
    assertUnsupported(builder -> builder.biasUpdater(new Sgd(7)), "layer 0", "one updater");
  }

  @Test
  void layersWithUpdatersOfTheirOwnAreAnError() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0.1))
            .list()
            .layer(
                new Bidirectional(
                    new LSTM.Builder().nIn(3).nOut(4).activation(Activation.TANH).build()))
            .layer(output(8).updater(new Sgd(0.2)).build())
            .build();

    assertThatThrownBy(() -> Dl4jUpdate.plan(configuration, TARGETS))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContaining("layer 1 'layer1' (RnnOutputLayer)")
        .hasMessageContaining("its updater is not that of layer 0");
  }

  private static void assertUnsupported(
      UnaryOperator<NeuralNetConfiguration.Builder> change, String... parts) {
    assertThatThrownBy(() -> Dl4jUpdate.plan(configuration(change), TARGETS))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll(parts);
  }

  private static OptimizerPlan optimizer(IUpdater updater) {
    return Dl4jUpdate.plan(configuration(builder -> builder.updater(updater)), TARGETS).optimizer();
  }

  private static ClipPlan clip(GradientNormalization kind) {
    MultiLayerConfiguration configuration =
        configuration(
            builder ->
                builder.gradientNormalization(kind).gradientNormalizationThreshold(2 * TARGETS));
    return Dl4jUpdate.plan(configuration, TARGETS).clip();
  }

  private static MultiLayerConfiguration configuration(
      UnaryOperator<NeuralNetConfiguration.Builder> change) {
    return change
        .apply(new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)))
        .list()
        .layer(new LSTM.Builder().nIn(3).nOut(4).activation(Activation.TANH).build())
        .layer(output(4).build())
        .build();
  }

  private static RnnOutputLayer.Builder output(int inputs) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(2)
        .activation(Activation.SOFTMAX);
  }
}
