package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Residual;

class NetworkSpecTest {
  private static final HeadSpec HEAD = new HeadSpec("language-model", 10);
  private static final HeadSpec TAGGER = new HeadSpec("tagger", 5);

  @Test
  void languageModelIsEmbeddingThenLayersWithDropoutAround() {
    assertThat(RecurrentStack.languageModel(10, "lstm", 2, 4, 0.5).layers())
        .containsExactly(
            new Embedding(10, 4),
            new Dropout(0.5),
            new Recurrent(CellSpec.of("lstm", 4)),
            new Dropout(0.5),
            new Recurrent(CellSpec.of("lstm", 4)),
            new Dropout(0.5));
    assertThat(RecurrentStack.languageModel(10, "lstm", 1, 4, 0).layers())
        .containsExactly(new Embedding(10, 4), new Recurrent(CellSpec.of("lstm", 4)));
  }

  @Test
  void residualStacksHaveAnEmbeddingAsWideAsTheirLayers() {
    CellSpec cell = CellSpec.of("lstm", 4);
    assertThat(new RecurrentStack(cell, 1, 0.5, true, true).network(10, TAGGER).layers())
        .containsExactly(
            new Embedding(10, 8),
            new Dropout(0.5),
            new Residual(new Bidirectional(cell)),
            new Dropout(0.5));
    assertThat(new RecurrentStack(cell, 2, 0, true, false).network(10, TAGGER).layers())
        .containsExactly(
            new Embedding(10, 4),
            new Residual(new Recurrent(cell)),
            new Residual(new Recurrent(cell)));
    assertThat(new RecurrentStack(cell, 1, 0, false, true).network(10, TAGGER).layers())
        .containsExactly(new Embedding(10, 4), new Bidirectional(cell));
  }

  @Test
  void jsonReadsBackAsItWasWritten() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 2, 4, 0.5);
    assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
    CellSpec cell = CellSpec.of("lstm", 4);
    NetworkSpec tagger = new RecurrentStack(cell, 2, 0.5, true, true).network(10, TAGGER);
    assertThat(NetworkSpec.fromJson(tagger.toJson())).isEqualTo(tagger);
  }

  @Test
  void jsonOfBidirectionalAndResidualLayersIsWhatADocumentShows() {
    var stack = new RecurrentStack(CellSpec.of("lstm", 4), 1, 0, true, true);
    assertThat(stack.network(10, TAGGER).toJson().replaceAll("\\s", ""))
        .isEqualTo(
            ("{'layers':[{'type':'embedding','vocabulary':10,'units':8},"
                    + "{'type':'residual','inner':{'type':'bidirectional',"
                    + "'cell':{'name':'lstm','units':4,'options':{}}}}],"
                    + "'head':{'type':'tagger','outputs':5,'options':{}}}")
                .replace('\'', '"'));
  }

  @Test
  void languageModelsDoNotLookAhead() {
    var stack = new RecurrentStack(CellSpec.of("lstm", 4), 2, 0, true, true);
    assertThatThrownBy(() -> stack.languageModel(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below the head language-model would show it the very ids");
  }

  @Test
  void residualLayersAreAsWideAsTheirInput() {
    var widening = new Residual(new Recurrent(CellSpec.of("lstm", 6)));
    var spec = new NetworkSpec(List.of(new Embedding(10, 4), widening), HEAD);
    assertThatThrownBy(() -> Network.layout(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("residual: the layer turns 4 columns into 6");
    assertThatThrownBy(() -> new Residual(null)).hasMessage("inner = null: must be given");
  }

  @Test
  void jsonIsWhatADocumentShows() {
    String json = RecurrentStack.languageModel(10, "lstm", 1, 4, 0).toJson().replaceAll("\\s", "");
    assertThat(json)
        .isEqualTo(
            ("{'layers':[{'type':'embedding','vocabulary':10,'units':4},"
                    + "{'type':'recurrent','cell':{'name':'lstm','units':4,'options':{}}}],"
                    + "'head':{'type':'language-model','outputs':10,'options':{}}}")
                .replace('\'', '"'));
  }

  @Test
  void unknownLayerTypeIsNamedWithThoseThatExist() {
    String json = RecurrentStack.languageModel(10, "lstm", 1, 4, 0).toJson();
    assertThatThrownBy(() -> NetworkSpec.fromJson(json.replace("recurrent", "recursive")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network: layers[1].type = recursive: no such layer; there are [bidirectional, characters, columns, convolution, dense, dropout, embedding, recurrent, regularization, residual, spectrum-masks, values]");
  }

  @Test
  void aMissingFieldIsNamedByItsPath() {
    String json = RecurrentStack.languageModel(10, "lstm", 1, 4, 0).toJson();
    assertThatThrownBy(() -> NetworkSpec.fromJson(json.replace("\"cell\"", "\"cel\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: layers[1].cell = null: must be given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "null", "{} {}", "{\"layers\": [], \"head\": null}"})
  void textThatIsNoNetworkIsAnError(String json) {
    assertThatThrownBy(() -> NetworkSpec.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"units\": 4 | \"units\": -4 | layers[1].cell.units = -4: must be from 1 to 16777216",
        "\"units\": 4 | \"units\": null | layers[1].cell.units: ",
        "\"units\": 4 | \"units\": 4.5 | layers[1].cell.units: ",
        "\"units\": 4 | \"units\": 4, \"unit\": 4 | layers[1].cell.unit: Unrecognized field",
        "\"name\": \"lstm\" | \"name\": null | layers[1].cell.cell = null: must be given",
        "\"options\": {} | \"options\": {\"projection\": null} | layers[1].cell.options.projection = null: must be given",
        "\"outputs\": 10 | \"outputs\": 10, \"x\": 1 | head.x: Unrecognized field",
        "\"vocabulary\": 10, | '' | layers[0].vocabulary: ",
      })
  void aFieldThatCannotBeIsNamedByItsPath(String good, String bad, String message) {
    String json =
        "{\"layers\": [{\"type\": \"embedding\", \"vocabulary\": 10, \"units\": 8}, {\"type\": \"recurrent\", \"cell\":"
            + " {\"name\": \"lstm\", \"units\": 4, \"options\": {}}}], \"head\": {\"type\": \"language-model\","
            + " \"outputs\": 10}}";
    assertThat(NetworkSpec.fromJson(json).layers()).hasSize(2);

    assertThatThrownBy(() -> NetworkSpec.fromJson(json.replace(good, bad)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: ")
        .hasMessageContaining(message.strip());
  }

  @Test
  void layersWithoutHeadAreNoNetwork() {
    String layers = "[{\"type\": \"embedding\", \"vocabulary\": 10, \"units\": 4}]";
    assertThatThrownBy(() -> NetworkSpec.fromJson("{\"layers\": " + layers + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: head = null: must be given");
  }

  @Test
  void embeddingStandsFirstAndOnlyThere() {
    assertThatThrownBy(() -> new NetworkSpec(List.of(new Recurrent(CellSpec.of("lstm", 4))), HEAD))
        .hasMessageContaining(
            "the first layer, and only that, must be an input, such as an embedding");
    assertThatThrownBy(
            () -> new NetworkSpec(List.of(new Embedding(10, 4), new Embedding(4, 4)), HEAD))
        .hasMessageContaining(
            "the first layer, and only that, must be an input, such as an embedding");
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new Dropout(1)).hasMessage("rate = 1.0: must be in [0,1)");
    assertThatThrownBy(() -> new Dropout(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> RecurrentStack.of(CellSpec.of("lstm", 4), 0, 0))
        .hasMessageContaining("layers = 0: must be from 1 to 1000");
    assertThatThrownBy(() -> CellSpec.of("lstm", 0))
        .hasMessage("units = 0: must be from 1 to 16777216");
    assertThatThrownBy(() -> new Embedding(0, 4)).hasMessage("vocabulary = 0: must be >= 1");
    assertThatThrownBy(() -> new HeadSpec("language-model", 0))
        .hasMessage("outputs = 0: must be >= 1");
  }

  @Test
  void unknownCellAndHeadAreNamedWithThoseThatExist() {
    assertThatThrownBy(() -> Network.layout(RecurrentStack.languageModel(10, "elman", 1, 4, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cell = elman: no such cell; there are [")
        .hasMessageContaining("lstm");
    var headless = new NetworkSpec(List.of(new Embedding(10, 4)), new HeadSpec("tail", 10));
    assertThatThrownBy(() -> Network.layout(headless))
        .hasMessageStartingWith("head = tail: no such head; there are [")
        .hasMessageContaining("language-model");
  }
}
