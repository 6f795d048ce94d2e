package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
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

    try (var rondo =
        new Network(
            imported.spec(),
            Kernels.best(),
            ElementType.FLOAT32,
            Sequences.STEPS,
            Sequences.BATCH)) {
      rondo.parameters().set(imported.parameters());
      rondo.parametersChanged();
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
