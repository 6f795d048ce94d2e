package org.rondo.tasks.speech;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rondo.evaluation.Predictions;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.LabelSet;

/**
 * The transcript of the row, a text: what the network chose.
 *
 * @param symbols of the classes
 * @param between what stands between two of them
 */
record SpeechDecoder(LabelSet symbols, String between) implements Decoder {
  static final String PREDICTION = "prediction";

  @Override
  public List<Column> columns() {
    return List.of(new Column(PREDICTION, ColumnType.TEXT, Need.ALWAYS));
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    int[] classes = predictions.classes();
    int count = 0;
    while (count < classes.length && classes[count] >= 0) {
      count++;
    }
    return transcript(classes, count);
  }

  /** What the first classes stand for. */
  Map<String, Object> transcript(int[] classes, int count) {
    String text =
        IntStream.of(classes)
            .limit(count)
            .mapToObj(symbols::name)
            .collect(Collectors.joining(between));
    return Map.of(PREDICTION, text);
  }
}
