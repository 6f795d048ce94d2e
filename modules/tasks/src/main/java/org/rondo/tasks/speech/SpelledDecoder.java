package org.rondo.tasks.speech;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.models.heads.ctc.PrefixBeamSearch;
import org.rondo.models.heads.ctc.SymbolModel;
import org.rondo.tasks.Column;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;

/** The transcript that a search finds with the help of a language model. */
final class SpelledDecoder implements Decoder {
  private final SpeechDecoder text;
  private final SpeechSearch search;
  private final TranscriptModel model;
  private final SymbolModel start;

  SpelledDecoder(SpeechDecoder text, SpeechSearch search, TranscriptModel model) {
    this.text = text;
    this.search = search;
    this.model = model;
    this.start = model.start();
  }

  @Override
  public List<Column> columns() {
    return text.columns();
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    int classes = predictions.outputs();
    var prefixes =
        new PrefixBeamSearch(classes, search.beam(), start, search.weight(), search.bonus());
    var step = new double[classes];
    for (int t = 0; t < predictions.count(); t++) {
      for (int k = 0; k < classes; k++) {
        step[k] = predictions.score(t, k);
      }
      prefixes.step(step);
    }
    int[] best = prefixes.best();
    return text.transcript(best, best.length);
  }

  @Override
  public void close() {
    model.close();
  }
}
