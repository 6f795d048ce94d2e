package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.models.LayerSpec.Dropout;
import org.rondo.models.LayerSpec.Embedding;
import org.rondo.models.LayerSpec.Recurrent;
import org.rondo.models.NetworkSpec.HeadSpec;

class NetworkSpecTest {
  private static final HeadSpec HEAD = new HeadSpec("language-model", 10);

  @Test
  void languageModelIsEmbeddingThenLayersWithDropoutAround() {
    assertThat(NetworkSpec.languageModel(10, "lstm", 2, 4, 0.5).layers())
        .containsExactly(
            new Embedding(10, 4),
            new Dropout(0.5),
            new Recurrent(CellSpec.of("lstm", 4)),
            new Dropout(0.5),
            new Recurrent(CellSpec.of("lstm", 4)),
            new Dropout(0.5));
    assertThat(NetworkSpec.languageModel(10, "lstm", 1, 4, 0).layers())
        .containsExactly(new Embedding(10, 4), new Recurrent(CellSpec.of("lstm", 4)));
  }

  @Test
  void jsonReadsBackAsItWasWritten() {
    NetworkSpec spec = NetworkSpec.languageModel(10, "lstm", 2, 4, 0.5);
    assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
  }

  @Test
  void jsonIsWhatADocumentShows() {
    String json = NetworkSpec.languageModel(10, "lstm", 1, 4, 0).toJson().replaceAll("\\s", "");
    assertThat(json)
        .isEqualTo(
            ("{'layers':[{'type':'embedding','vocabulary':10,'units':4},"
                    + "{'type':'recurrent','cell':{'name':'lstm','units':4,'options':{}}}],"
                    + "'head':{'type':'language-model','outputs':10,'options':{}}}")
                .replace('\'', '"'));
  }

  @Test
  void unknownLayerTypeIsNamedWithThoseThatExist() {
    String json = NetworkSpec.languageModel(10, "lstm", 1, 4, 0).toJson();
    assertThatThrownBy(() -> NetworkSpec.fromJson(json.replace("recurrent", "recursive")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'recursive'")
        .hasMessageContaining("[dropout, embedding, recurrent]")
        .hasMessageContaining("line: 7");
  }

  @Test
  void unknownKeyIsNamed() {
    String json = NetworkSpec.languageModel(10, "lstm", 1, 4, 0).toJson();
    assertThatThrownBy(() -> NetworkSpec.fromJson(json.replace("\"cell\"", "\"cel\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"cel\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "{\"layers\": [], \"head\": null}"})
  void textThatIsNoNetworkIsAnError(String json) {
    assertThatThrownBy(() -> NetworkSpec.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: ");
  }

  @Test
  void layersWithoutHeadAreNoNetwork() {
    String layers = "[{\"type\": \"embedding\", \"vocabulary\": 10, \"units\": 4}]";
    assertThatThrownBy(() -> NetworkSpec.fromJson("{\"layers\": " + layers + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers and head must both be given");
  }

  @Test
  void embeddingStandsFirstAndOnlyThere() {
    assertThatThrownBy(() -> new NetworkSpec(List.of(new Recurrent(CellSpec.of("lstm", 4))), HEAD))
        .hasMessageContaining("the first layer, and only that, must be an embedding");
    assertThatThrownBy(
            () -> new NetworkSpec(List.of(new Embedding(10, 4), new Embedding(4, 4)), HEAD))
        .hasMessageContaining("the first layer, and only that, must be an embedding");
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new Dropout(1)).hasMessage("dropout: rate must be in [0,1), got 1.0");
    assertThatThrownBy(() -> new Dropout(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> CellSpec.of("lstm", 0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new Embedding(0, 4)).hasMessageContaining("vocabulary 0");
    assertThatThrownBy(() -> new HeadSpec("language-model", 0)).hasMessageContaining("got 0");
  }

  @Test
  void unknownCellAndHeadAreNamedWithThoseThatExist() {
    assertThatThrownBy(() -> Network.layout(NetworkSpec.languageModel(10, "elman", 1, 4, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: no cell named 'elman', there is [")
        .hasMessageContaining("lstm");
    var headless = new NetworkSpec(List.of(new Embedding(10, 4)), new HeadSpec("tail", 10));
    assertThatThrownBy(() -> Network.layout(headless))
        .hasMessageStartingWith("network: no head named 'tail', there is [")
        .hasMessageContaining("language-model");
  }
}
