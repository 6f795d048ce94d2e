package org.rondo.tasks.stream;

import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.KeyJudge;
import org.rondo.tasks.Predictor;

/** Judges each event by itself, as a row is. */
record RowJudge(Features features, Decoder decoder) implements KeyJudge {
  @Override
  public Sequence encode(Example event) {
    return Predictor.encoded(event, features);
  }

  @Override
  public Map<String, Object> decode(Example event, Predictions next) {
    return decoder.decode(event, next);
  }

  @Override
  public void save(double[] memory) {
    // Nothing is remembered.
  }
}
