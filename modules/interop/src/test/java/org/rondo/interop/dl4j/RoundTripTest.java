package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.testkit.Seeds;

final class RoundTripTest {
  /** Outputs are probabilities; both sides compute in float32, in other orders. */
  private static final Offset<Float> OUTPUT = within(1e-5f);

  @TempDir Path folder;

  /** A network whose parameters, biases and peepholes too, are none of them zero. */
  private static MultiLayerNetwork network(long seed, boolean dropout) {
    var network = new MultiLayerNetwork(Configurations.draw(seed, dropout));
    network.init();
    int length = (int) network.numParams();
    network.setParams(Nd4j.create(Seeds.uniform("dl4j", length, 0.5f), new long[] {1, length}));
    return network;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void importedNetworksPutOutWhatDl4jDoes(long seed) {
    MultiLayerNetwork network = network(seed, true);
    ImportedNetwork imported = Dl4jNetwork.of(network);
    var sequences = new Sequences(imported.spec());
    assertThat(sequences.outputs(imported.parameters()))
        .as("%s", imported.spec())
        .containsExactly(sequences.outputs(network), OUTPUT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void paddedSequencesPutOutWhatDl4jDoesForEachAlone(long seed) {
    MultiLayerNetwork network = network(seed, true);
    ImportedNetwork imported = Dl4jNetwork.of(network);
    var sequences = new Sequences(imported.spec());
    sequences.shorten(1, 6, 3, 5, 2);
    float[] outputs = sequences.withoutPadding(sequences.outputs(imported.parameters()));
    assertThat(outputs)
        .as("%s", imported.spec())
        .containsExactly(sequences.outputsAlone(network), OUTPUT);
    if (!hasBidirectionalLstm(imported.spec())) {
      assertThat(outputs)
          .as("%s", imported.spec())
          .containsExactly(sequences.withoutPadding(sequences.outputs(network)), OUTPUT);
    }
  }

  /** Whose backward direction reads padding in DL4J: the mask does not reach the LSTM inside. */
  private static boolean hasBidirectionalLstm(NetworkSpec spec) {
    return spec.layers().stream()
        .anyMatch(
            layer -> layer instanceof Bidirectional both && both.cell().name().equals("lstm"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void zipsOfTrainedNetworksPutOutWhatRondoDoes(long seed) throws IOException {
    MultiLayerNetwork network = network(seed, true);
    ImportedNetwork imported = Dl4jNetwork.of(network);
    float[] trained = Seeds.uniform("rondo", imported.parameters().length, 0.5f);
    Dl4jParameters.into(network, imported.spec(), trained);
    File zip = folder.resolve("trained.zip").toFile();
    Dl4jZip.write(network, zip.toPath());

    var sequences = new Sequences(imported.spec());
    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(zip);
    assertThat(sequences.outputs(loaded))
        .as("%s", imported.spec())
        .containsExactly(sequences.outputs(trained), OUTPUT);
    assertThat(Dl4jNetwork.of(Dl4jZip.read(zip.toPath())).parameters()).isEqualTo(trained);
  }

  @Test
  void theFamilyHasEveryLayer() {
    var drawn = new TreeSet<String>();
    for (long seed = 1; seed <= 20; seed++) {
      NetworkSpec spec = Dl4jNetwork.of(Configurations.draw(seed, true)).spec();
      spec.layers().forEach(layer -> drawn.add(layer.getClass().getSimpleName()));
      drawn.add(spec.head().type() + spec.head().options());
      String text = spec.toString();
      Stream.of("vanilla", "activation = relu", "lstm, ", "peepholes = true")
          .filter(text::contains)
          .forEach(drawn::add);
    }
    assertThat(drawn)
        .contains("Embedding", "Values", "Recurrent", "Bidirectional", "Dense", "Dropout")
        .contains("vanilla", "activation = relu", "lstm, ", "peepholes = true")
        .contains("language-model{}", "tagger{}", "classifier{}")
        .contains("regression{}", "regression{pooling=last}");
  }

  @Test
  void networksTrainedByRondoGoBackIntoTheirZip() throws IOException {
    Path zip = folder.resolve("model.zip");
    ModelSerializer.writeModel(network(8, false), zip.toFile(), true);

    MultiLayerNetwork network = Dl4jZip.read(zip);
    ImportedNetwork imported = Dl4jNetwork.of(network);
    var sequences = new Sequences(imported.spec());
    double before = network.score(sequences.dataSet());
    float[] trained = trained(imported, sequences);
    Dl4jParameters.into(network, imported.spec(), trained);
    Dl4jZip.write(network, zip);

    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(zip.toFile());
    assertThat(loaded.score(sequences.dataSet())).isLessThan(before / 2);
    assertThat(sequences.outputs(loaded)).containsExactly(sequences.outputs(trained), OUTPUT);
  }

  /** By plain descent on one minibatch. */
  private static float[] trained(ImportedNetwork imported, Sequences sequences) {
    float[] parameters = imported.parameters().clone();
    try (Network network = sequences.network(parameters)) {
      for (int step = 0; step < 100; step++) {
        network.lossAndGradient(sequences.minibatch(), network.newState(), CounterRandom.of(step));
        float[] gradient = network.gradient().values().toArray();
        for (int i = 0; i < gradient.length; i++) {
          parameters[i] -= 0.3f * gradient[i];
        }
        network.parameters().set(parameters);
        network.parametersChanged();
      }
    }
    return parameters;
  }

  /** Where DL4J finds inputs and preprocessors by itself. */
  @Test
  void configurationsWithAnInputTypeAreImported() {
    MultiLayerConfiguration configuration =
        Configurations.list()
            .layer(new LSTM.Builder().activation(Activation.TANH).nOut(7).build())
            .layer(new DenseLayer.Builder().activation(Activation.RELU).nOut(5).build())
            .layer(new LSTM.Builder().activation(Activation.TANH).nOut(4).build())
            .layer(
                new RnnOutputLayer.Builder(new LossMSE())
                    .activation(Activation.IDENTITY)
                    .nOut(2)
                    .build())
            .setInputType(InputType.recurrent(3))
            .build();
    var network = new MultiLayerNetwork(configuration);
    network.init();
    ImportedNetwork imported = Dl4jNetwork.of(network);
    assertThat(imported.spec().layers())
        .containsExactly(
            new Values(3),
            new Recurrent(CellSpec.of("lstm", 7)),
            new Dense(5, "relu"),
            new Recurrent(CellSpec.of("lstm", 4)));
    var sequences = new Sequences(imported.spec());
    assertThat(sequences.outputs(imported.parameters()))
        .containsExactly(sequences.outputs(network), OUTPUT);
  }

  /** So both learn the same from the same, but for the scale: DL4J adds, Rondo takes the mean. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void gradientsAreThoseOfDl4j(long seed) {
    MultiLayerNetwork network = network(seed, false);
    ImportedNetwork imported = Dl4jNetwork.of(network);
    var sequences = new Sequences(imported.spec());
    network.setInput(sequences.features());
    network.setLabels(sequences.labels());
    network.computeGradientAndScore();
    INDArray sums = network.getGradientsViewArray();
    float[] expected =
        Dl4jNetwork.mapping(network.getLayerWiseConfigurations()).toRondo(sums.toFloatVector());

    try (Network rondo = sequences.network(imported.parameters())) {
      rondo.lossAndGradient(sequences.minibatch(), rondo.newState(), CounterRandom.of(1));
      float[] means = rondo.gradient().values().toArray();
      for (int i = 0; i < means.length; i++) {
        // Sums of float32 products over steps and sequences, in other orders.
        assertThat(means[i] * sequences.targetCount())
            .as("parameter %d of %s", i, imported.spec())
            .isCloseTo(expected[i], within(1e-4f + 1e-4f * Math.abs(expected[i])));
      }
    }
  }
}
