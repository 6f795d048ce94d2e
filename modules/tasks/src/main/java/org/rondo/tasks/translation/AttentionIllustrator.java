package org.rondo.tasks.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Split;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.pictures.MatrixPicture;
import org.rondo.tasks.pictures.Picture;

/**
 * Draws which tokens of the source each token was written by looking at.
 *
 * @param explaining features whose predictions tell it
 * @param source the tokenizer of sources
 * @param target that of what is written
 */
record AttentionIllustrator(Features explaining, Tokenizer source, Tokenizer target)
    implements Illustrator {
  private static final int MOST_TEXTS = 2;

  @Override
  public List<Picture> draw(Map<String, List<Example>> rows, LearnedNetwork network) {
    List<Example> texts = rows.getOrDefault(Split.VALIDATION, List.of());
    var pictures = new ArrayList<Picture>();
    try (var predictor = network.predictor(explaining)) {
      for (RowPrediction predicted :
          predictor.predict(texts.subList(0, Math.min(MOST_TEXTS, texts.size())))) {
        if (predicted.isPredicted()) {
          add(pictures, predicted.values());
        }
      }
    }
    return pictures;
  }

  private void add(List<Picture> pictures, Map<String, Object> predicted) {
    List<String> written = shown(predicted.get(TranslationDecoder.TARGET_TOKENS), target);
    if (!written.isEmpty()) {
      pictures.add(
          MatrixPicture.of(
              "What it looked at",
              "A row for each token that was written, a column for each of the source, darker where"
                  + " it looked more.",
              written,
              shown(predicted.get(TranslationDecoder.SOURCE_TOKENS), source),
              (float[][]) predicted.get(TranslationDecoder.ATTENTION)));
    }
  }

  /** Byte pairs as the text that they are, with a mark for a space. */
  @SuppressWarnings("unchecked") // of the type that the decoder's columns say
  private static List<String> shown(Object predicted, Tokenizer tokenizer) {
    var tokens = (List<String>) predicted;
    return tokenizer.cutsTokens()
        ? tokens
        : tokens.stream()
            .map(token -> tokenizer.join(List.of(token)).replace(' ', '\u2423'))
            .toList();
  }
}
