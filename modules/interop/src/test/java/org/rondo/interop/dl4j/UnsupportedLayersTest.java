package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

final class UnsupportedLayersTest {
  private static final int UNITS = 4;

  private static LSTM.Builder lstm() {
    return new LSTM.Builder()
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.TANH)
        .nIn(UNITS)
        .nOut(UNITS)
        .name("encoder");
  }

  private static SimpleRnn.Builder simple() {
    return new SimpleRnn.Builder().dataFormat(RNNFormat.NCW).nIn(UNITS).nOut(UNITS);
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().activation(Activation.RELU).nIn(UNITS).nOut(UNITS);
  }

  private static RnnOutputLayer.Builder output(LossFunction loss) {
    return new RnnOutputLayer.Builder(loss).dataFormat(RNNFormat.NCW).nIn(UNITS).nOut(3);
  }

  /** Second layers that cannot be, and what the error must say. */
  @SuppressWarnings("deprecation") // GravesBidirectionalLSTM
  static Stream<Arguments> secondLayers() {
    return Stream.of(
        arguments(
            lstm().activation(Activation.SOFTSIGN).build(),
            "layer 1 'encoder' (LSTM): activation = softsign; use tanh"),
        arguments(
            lstm().gateActivationFunction(Activation.HARDSIGMOID).build(),
            "layer 1 'encoder' (LSTM): gateActivationFunction = hardsigmoid; use sigmoid"),
        arguments(
            lstm().weightNoise(new DropConnect(0.5)).build(),
            "layer 1 'encoder' (LSTM): weight noise DropConnect"),
        arguments(
            lstm().constrainWeights(new MaxNormConstraint(1, 0)).build(),
            "layer 1 'encoder' (LSTM): constraints [MaxNormConstraint"),
        arguments(
            lstm().dropOut(new GaussianDropout(0.5)).build(),
            "layer 1 'encoder' (LSTM): dropout GaussianDropout"),
        arguments(
            lstm().dataFormat(RNNFormat.NWC).build(),
            "layer 1 'encoder' (LSTM): data format NWC; use RNNFormat.NCW"),
        arguments(
            lstm().nIn(UNITS + 1).build(),
            "layer 1 'encoder' (LSTM): nIn = 5 on a layer below of nOut = 4"),
        arguments(
            lstm().nOut(0).build(),
            "layer 1 'encoder' (LSTM): nOut = 0; it must be in [1, 268435456]: set it"),
        arguments(
            simple().activation(Activation.SIGMOID).build(),
            "(SimpleRnn): activation = sigmoid; use one of [tanh, relu]"),
        arguments(
            simple().activation(Activation.TANH).hasLayerNorm(true).build(),
            "(SimpleRnn): hasLayerNorm; set it to false"),
        arguments(
            new Bidirectional(Bidirectional.Mode.ADD, lstm().build()),
            "(Bidirectional): mode ADD; only CONCAT"),
        arguments(
            new Bidirectional(new LastTimeStep(lstm().build())),
            "(Bidirectional): around LastTimeStep; use it around SimpleRnn, LSTM or GravesLSTM"),
        arguments(
            new GravesBidirectionalLSTM.Builder()
                .dataFormat(RNNFormat.NCW)
                .activation(Activation.TANH)
                .nIn(UNITS)
                .nOut(UNITS)
                .build(),
            "(GravesBidirectionalLSTM): no such layer in Rondo; use Bidirectional(CONCAT"),
        arguments(
            new ActivationLayer(Activation.CUBE),
            "(ActivationLayer): no such layer in Rondo; docs/migrating-from-dl4j.md"),
        arguments(
            dense().activation(Activation.SOFTPLUS).build(),
            "(DenseLayer): activation = softplus; use one of [identity, tanh, relu, sigmoid]"),
        arguments(dense().hasBias(false).build(), "(DenseLayer): hasBias(false); set it to true"),
        arguments(
            dense().hasLayerNorm(true).build(), "(DenseLayer): hasLayerNorm; set it to false"),
        arguments(
            Configurations.embedding(UNITS, UNITS),
            "(EmbeddingSequenceLayer): behind other layers; ids go into the first layer only"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("secondLayers")
  void errorsNameTheLayerWhatItHasAndTheCure(Layer layer, String message) {
    refused(layer, Configurations.softmaxPerStep(UNITS, 3), message);
  }

  /** Last layers that cannot be. */
  static Stream<Arguments> lastLayers() {
    return Stream.of(
        arguments(
            output(LossFunction.XENT).activation(Activation.SIGMOID).name("out").build(),
            "layer 3 'out' (RnnOutputLayer): activation = sigmoid; use one of [softmax, identity]"),
        arguments(
            output(LossFunction.KL_DIVERGENCE).activation(Activation.SOFTMAX).build(),
            "(RnnOutputLayer): loss LossKLD"),
        arguments(
            output(LossFunction.MEAN_ABSOLUTE_ERROR).activation(Activation.IDENTITY).build(),
            "(RnnOutputLayer): loss LossMAE"),
        arguments(
            new RnnOutputLayer.Builder(new LossMCXENT(Nd4j.create(new float[] {1, 2, 3})))
                .activation(Activation.SOFTMAX)
                .nIn(UNITS)
                .nOut(3)
                .build(),
            "(RnnOutputLayer): weights of the loss"),
        arguments(
            output(LossFunction.MCXENT).activation(Activation.SOFTMAX).hasBias(false).build(),
            "(RnnOutputLayer): hasBias(false); set it to true"),
        arguments(
            Configurations.softmaxPerStep(UNITS + 1, 3),
            "(RnnOutputLayer): nIn = 5 on a layer below of nOut = 4"),
        arguments(
            Configurations.softmax(UNITS, 3),
            "(OutputLayer): a result for every sequence out of one for every step"),
        arguments(
            lstm().build(),
            "layer 3 'encoder' (LSTM): as the last layer; the last one must be RnnOutputLayer"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("lastLayers")
  void outputsWithoutCounterpartAreNamed(Layer layer, String message) {
    refused(Configurations.lstm(UNITS, UNITS), layer, message);
  }

  private static void refused(Layer second, Layer last, String message) {
    refused(second, new DropoutLayer(0.5), last, message);
  }

  private static void refused(Layer second, Layer third, Layer last, String message) {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(Configurations.embedding(9, UNITS))
            .layer(second)
            .layer(third)
            .layer(last)
            .validateOutputLayerConfig(false)
            .build();
    assertThatThrownBy(() -> Dl4jNetwork.of(configuration))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void embeddingsWithBiasAreRefused() {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(new EmbeddingSequenceLayer.Builder().nIn(9).nOut(UNITS).hasBias(true).build())
            .layer(Configurations.softmaxPerStep(UNITS, 3))
            .build();
    assertThatThrownBy(() -> Dl4jNetwork.of(configuration))
        .hasMessageContaining("layer 0 ")
        .hasMessageContaining("(EmbeddingSequenceLayer): hasBias; set it to false");
  }

  @Test
  void recurrencesBehindTheLastStepAreRefused() {
    refused(
        new LastTimeStep(Configurations.lstm(UNITS, UNITS)),
        lstm().build(),
        Configurations.softmax(UNITS, 3),
        "layer 2 'encoder' (LSTM): behind LastTimeStep; only DenseLayer and OutputLayer can be");
  }

  @Test
  void dropoutOfTheInputGoesWithItsLayer() {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(new DropoutLayer(0.5))
            .layer(Configurations.softmaxPerStep(UNITS, 3))
            .build();
    assertThatThrownBy(() -> Dl4jNetwork.of(configuration))
        .hasMessageContaining("(DropoutLayer): as the first layer; use dropOut of the layer above");
  }

  @Test
  void preprocessorsThatChangeValuesAreRefused() {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(Configurations.embedding(9, UNITS))
            .layer(Configurations.softmaxPerStep(UNITS, 3))
            .build();
    configuration.setInputPreProcessors(Map.of(1, new FeedForwardToCnnPreProcessor(2, 2)));
    assertThatThrownBy(() -> Dl4jNetwork.of(configuration))
        .hasMessageContaining("layer 1 ")
        .hasMessageContaining("(RnnOutputLayer): preprocessor FeedForwardToCnnPreProcessor");
  }

  @Test
  void networksTooLargeToCountAreRefused() {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(Configurations.embedding(1 << 20, 1 << 12))
            .layer(Configurations.softmaxPerStep(1 << 12, 3))
            .build();
    assertThatThrownBy(() -> Dl4jNetwork.of(configuration))
        .hasMessageContaining("network: 4,294,979,587 parameters, 17.2 GB");
  }

  @Test
  void halfPrecisionIsRefused() {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(Configurations.embedding(9, UNITS))
            .layer(Configurations.softmaxPerStep(UNITS, 3))
            .build();
    configuration.setDataType(DataType.BFLOAT16);
    assertThatThrownBy(() -> Dl4jNetwork.of(configuration))
        .hasMessageContaining("data type BFLOAT16: parameters must be FLOAT or DOUBLE");
  }
}
