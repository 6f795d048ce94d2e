package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;

final class LayerWordsTest {
  @Test
  void everyLayerIsDescribedInWords() {
    var cell = new CellSpec("gru", 64, new Options(Map.of("reset", "before")));

    List<String> words =
        List.of(
                new LayerSpec.Embedding(12345, 64),
                new LayerSpec.Values(3),
                new LayerSpec.Recurrent(cell),
                new LayerSpec.Bidirectional(CellSpec.of("lstm", 8)),
                new LayerSpec.Residual(new LayerSpec.Recurrent(CellSpec.of("lstm", 8))),
                new LayerSpec.Dense(5, "tanh"),
                new LayerSpec.Dropout(0.25))
            .stream()
            .map(LayerWords::of)
            .toList();

    assertThat(words)
        .containsExactly(
            "embedding of 12,345 tokens, 64 units",
            "3 values per step",
            "gru, 64 units, reset = before",
            "lstm, 8 units, in both directions",
            "lstm, 8 units, input added to its output",
            "dense, 5 units, tanh",
            "dropout of 0.25");
    assertThat(LayerWords.of(NetworkSpec.languageModel(97, "lstm", 1, 8, 0).head()))
        .isEqualTo("language model, 97 classes");
  }
}
