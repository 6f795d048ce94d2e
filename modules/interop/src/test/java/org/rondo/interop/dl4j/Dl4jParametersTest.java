package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.Seeds;

final class Dl4jParametersTest {
  private static MultiLayerNetwork network() {
    var network = new MultiLayerNetwork(Configurations.languageModel());
    network.init();
    return network;
  }

  @Test
  void forgetGatesKeepTheBiasThatDl4jGivesThem() {
    ImportedNetwork imported = Dl4jNetwork.of(network());
    var bias = Network.layout(imported.spec()).slice("recurrent.0.bias");
    for (int i = 0; i < bias.length(); i++) {
      boolean forget = i / 5 == 1;
      assertThat(imported.parameters()[bias.offset() + i]).isEqualTo(forget ? 1f : 0f);
    }
  }

  @Test
  void networksOfOtherVocabulariesAreRefusedAndNothingIsWritten() {
    MultiLayerNetwork network = network();
    INDArray before = network.params().dup();
    NetworkSpec other = RecurrentStack.languageModel(10, "lstm", 1, 5, 0);
    var parameters = new float[Network.layout(other).length()];
    assertThatThrownBy(() -> Dl4jParameters.into(network, other, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dl4j: the trained network is not that of the configuration: it has embedding.weight"
                + " [10, 5], DL4J's embedding.weight [9, 4]");
    assertThat(network.params()).isEqualTo(before);
  }

  @Test
  void parametersOfAnotherLengthAreRefused() {
    MultiLayerNetwork network = network();
    NetworkSpec spec = Dl4jNetwork.of(network).spec();
    assertThatThrownBy(() -> Dl4jParameters.into(network, spec, new float[3]))
        .hasMessageContaining("parameters hold 3 values, its configuration says");
  }

  @Test
  void networksWithoutParametersAreRefused() {
    var network = new MultiLayerNetwork(Configurations.languageModel());
    assertThatThrownBy(() -> Dl4jNetwork.of(network)).hasMessageContaining("call init()");
  }

  @Test
  void configurationsStartFromDl4jsOwnParameters() {
    MultiLayerNetwork network = network();
    assertThat(Dl4jNetwork.of(network.getLayerWiseConfigurations()).parameters())
        .isEqualTo(Dl4jNetwork.of(network).parameters());
  }

  @Test
  void networksOfDoublesTakeParametersAsTheyAre() {
    MultiLayerConfiguration configuration = Configurations.languageModel();
    configuration.setDataType(DataType.DOUBLE);
    var network = new MultiLayerNetwork(configuration);
    network.init();
    NetworkSpec spec = Dl4jNetwork.of(network).spec();
    float[] trained = Seeds.uniform("trained", Network.layout(spec).length(), 1);
    Dl4jParameters.into(network, spec, trained);
    assertThat(network.params().dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(Dl4jNetwork.of(network).parameters()).isEqualTo(trained);
  }
}
