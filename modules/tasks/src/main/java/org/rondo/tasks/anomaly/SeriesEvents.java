package org.rondo.tasks.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.EventFeatures;
import org.rondo.tasks.KeyJudge;

/**
 * Steps of series as events.
 *
 * @param features that were calibrated
 */
public record SeriesEvents(AnomalyFeatures features) implements EventFeatures {
  /** Role of the name of the series. */
  public static final String SERIES = "series";

  /** Role of the inputs of the time. */
  public static final String CALENDAR = "calendar";

  private static final String VALUE = "value";

  /** Role of the value of a channel. */
  public static String value(int channel) {
    return VALUE + channel;
  }

  @Override
  public List<Column> columns() {
    var columns = new ArrayList<Column>();
    columns.add(new Column(SERIES, ColumnType.TEXT, Need.ALWAYS));
    if (!features.calendar().isEmpty()) {
      columns.add(new Column(CALENDAR, ColumnType.NUMBERS, Need.ALWAYS));
    }
    for (int c = 0; c < features.channels().size(); c++) {
      columns.add(new Column(value(c), ColumnType.NUMBER, Need.OPTIONAL));
    }
    return columns;
  }

  @Override
  public int memory() {
    return StepJudge.memory(features);
  }

  @Override
  public KeyJudge begin(double[] memory) {
    return new StepJudge(features, memory);
  }
}
