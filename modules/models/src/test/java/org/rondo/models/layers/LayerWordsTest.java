package org.rondo.models.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.models.HeadSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;

final class LayerWordsTest {
  @Test
  void everyLayerIsDescribedInWords() {
    var cell = new CellSpec("gru", 64, new Options(Map.of("reset", "before")));

    List<String> words =
        List.of(
                new Embedding(12345, 64),
                new Values(3),
                new Recurrent(cell),
                new Bidirectional(CellSpec.of("lstm", 8)),
                new Residual(new Recurrent(CellSpec.of("lstm", 8))),
                new Dense(5, "tanh"),
                new Convolution(new ImageShape(9, 7, 1), 4, 3, 2, 0, "relu"),
                new Dropout(0.25),
                new Dropout(0.25, true),
                new Embedding(12, 4, 0.1),
                new Bidirectional(CellSpec.of("lstm", 8), 0.5),
                new Regularization(2, 1))
            .stream()
            .map(Object::toString)
            .toList();

    assertThat(words)
        .containsExactly(
            "embedding of 12,345 tokens, 64 units",
            "3 values per step",
            "gru, 64 units, reset = before",
            "lstm, 8 units, in both directions",
            "lstm, 8 units, input added to its output",
            "dense, 5 units, tanh",
            "convolution of 9 x 7 x 1 to 4 x 3 x 4, kernel 3, stride 2, padding 0, relu",
            "dropout of 0.25",
            "locked dropout of 0.25",
            "embedding of 12 tokens, 4 units, dropout of 0.1",
            "lstm, 8 units, weight drop of 0.5, in both directions",
            "regularization of activations by 2.0, of their changes by 1.0");
    var mean = new Options(Map.of("pooling", "mean"));
    assertThat(new HeadSpec("language-model", 1970)).hasToString("language model, 1,970 outputs");
    assertThat(new HeadSpec("classifier", 2, mean))
        .hasToString("classifier, 2 outputs, pooling = mean");
  }
}
