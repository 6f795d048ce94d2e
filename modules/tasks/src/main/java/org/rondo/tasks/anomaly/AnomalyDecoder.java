package org.rondo.tasks.anomaly;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;

/** The columns of scored steps. Pieces of series have none: they are scored step by step. */
record AnomalyDecoder(List<String> channels) implements Decoder {
  /** From 0 to 1. */
  static final String SCORE = "outlierScore";

  /** 1 where the score is an alarm, else 0. */
  static final String LABEL = "predictedLabel";

  /** By channel, in the units of the data. */
  static final String EXPECTED = "expected";

  /** By channel: share of the error. */
  static final String CONTRIBUTIONS = "contributions";

  @Override
  public List<Column> columns() {
    return List.of(
        new Column(SCORE, ColumnType.NUMBER, Need.ALWAYS),
        new Column(LABEL, ColumnType.NUMBER, Need.ALWAYS),
        new Column(EXPECTED, ColumnType.NUMBERS, Need.ALWAYS, channels),
        new Column(CONTRIBUTIONS, ColumnType.NUMBERS, Need.ALWAYS, channels));
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    throw new UnsupportedOperationException(
        AnomalyTask.NAME + ": a piece of a series is scored step by step, as events");
  }
}
