package org.rondo.tasks.tagging;

import java.util.List;
import org.rondo.models.LayerSpec;
import org.rondo.tasks.TaskSettings;

/**
 * What a task may choose of its network.
 *
 * @param crf whether the tags of a sequence are chosen together
 * @param embedding columns of the embedding of words; 0 for as many as the recurrent layers make it
 * @param columnEmbedding columns of the embedding of shapes and of each further column
 * @param characterUnits of the embedding of characters and of the recurrences over them
 */
record TaggerPlan(boolean crf, int embedding, int columnEmbedding, int characterUnits) {
  static TaggerPlan of(TaskSettings settings) {
    boolean crf = settings.choice("head", List.of("crf", "softmax")).equals("crf");
    if (!crf && settings.flag("legal_only")) {
      throw settings.refusal("legal_only", "needs tagging.head = crf");
    }
    return new TaggerPlan(
        crf,
        settings.whole("embedding", 0, LayerSpec.MOST_COLUMNS),
        settings.whole("column_embedding", 1, LayerSpec.MOST_COLUMNS),
        settings.whole("character_units", 1, LayerSpec.MOST_COLUMNS));
  }
}
