package org.rondo.tasks.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.heads.ctc.SymbolModel;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.LanguageModel;
import org.rondo.tasks.TextScorer;

class TranscriptModelTest {
  private static final Vocabulary LETTERS =
      new Vocabulary("characters", List.of(Vocabulary.UNKNOWN, "\n", "b", " ", "a", "Z"));
  private static final List<String> CHARACTERS = List.of(" ", "a", "b");
  private static final SpokenText TEXT = new SpokenText("characters", true);
  private static final NetworkSpec SPEC =
      RecurrentStack.languageModel(LETTERS.size(), "lstm", 1, 6, 0);

  private static float[] parameters() {
    float[] parameters = Network.initialParameters(SPEC, 5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 3;
    }
    return parameters;
  }

  /** The places of two texts are asked in turns: none disturbs another one. */
  @Test
  void aTextIsAsLikelyAsALineOfIt() {
    Kernels kernels = Kernels.best();
    double[] losses;
    try (var scorer =
        new TextScorer(LETTERS, SPEC, parameters(), kernels, ElementType.FLOAT32, 4)) {
      losses = scorer.losses(List.of("ab a", "bbab"));
    }
    LanguageModel model = LanguageModel.of(LETTERS, SPEC, parameters());
    assertThat(model.values()).isEqualTo(parameters());
    try (var characters = new TranscriptModel(model, CHARACTERS, kernels)) {
      int[][] texts = {{1, 2, 0, 1}, {2, 2, 1, 2}};
      SymbolModel[] places = {characters.start(), characters.start()};
      double[] sums = new double[2];
      for (int u = 0; u < 4; u++) {
        for (int i = 0; i < 2; i++) {
          sums[i] += places[i].log(texts[i][u]);
          places[i] = places[i].after(texts[i][u]);
        }
      }
      for (int i = 0; i < 2; i++) {
        double log = sums[i] + places[i].endLog();
        assertThat(log / 5).isCloseTo(-losses[i], within(1e-5));
      }
    }
  }

  @Test
  void whatDoesNotKnowTranscriptsIsRefused() {
    assertRefused(
        new Vocabulary("words", List.of(Vocabulary.UNKNOWN, "<eos>")),
        "reads words; transcripts are characters, as data.tokenizer = characters makes them");
    assertRefused(
        new Vocabulary("characters", List.of(Vocabulary.UNKNOWN, "\n", "a", "b")),
        "does not know ' ', which transcripts have");
    assertRefused(
        new Vocabulary("characters", List.of(Vocabulary.UNKNOWN, "\n", "b")),
        "does not know ' ', which transcripts have, and 1 more of them");
    assertRefused(
        new Vocabulary("characters", List.of(Vocabulary.UNKNOWN, " ", "a", "b")),
        "knows no end of a line; train it on text with a transcript in each line");
    LanguageModel known = LanguageModel.of(LETTERS, SPEC, parameters());
    assertThatThrownBy(
            () -> TranscriptModel.requireKnown(known, new SpokenText("words", true), CHARACTERS))
        .hasMessage(
            "reads characters; transcripts are words, as data.tokenizer = words makes them");
    assertThatCode(() -> TranscriptModel.requireKnown(known, TEXT, CHARACTERS))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new LanguageModel(LETTERS, SPEC.toJson(), "AAAA"))
        .hasMessageStartingWith("language model: 0 parameters for a network of ");
  }

  private static void assertRefused(Vocabulary vocabulary, String message) {
    NetworkSpec spec = RecurrentStack.languageModel(vocabulary.size(), "lstm", 1, 2, 0);
    LanguageModel model =
        LanguageModel.of(vocabulary, spec, new float[Network.layout(spec).length()]);
    assertThatThrownBy(() -> TranscriptModel.requireKnown(model, TEXT, CHARACTERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
