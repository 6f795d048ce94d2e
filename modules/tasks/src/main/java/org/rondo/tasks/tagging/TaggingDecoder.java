package org.rondo.tasks.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.LabelSet;

/**
 * A tag for each token of the row.
 *
 * @param tags of the classes
 * @param scheme that tags are written in; NONE for as they are
 */
record TaggingDecoder(LabelSet tags, ChunkScheme scheme) implements Decoder {
  private static final String PREDICTION = "prediction";

  @Override
  public List<Column> columns() {
    return List.of(new Column(PREDICTION, ColumnType.TOKENS, Need.ALWAYS));
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    int length = row.tokens(TaggingTask.TOKENS).size();
    var predicted = new ArrayList<String>(length);
    for (int n = 0; n < length; n++) {
      predicted.add(tags.name(predictions.classes()[n]));
    }
    return Map.of(PREDICTION, scheme.of(predicted));
  }
}
