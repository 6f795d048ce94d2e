package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnTypes;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.tasks.Column;
import org.rondo.tasks.WindowPlan;

/** The columns of windows as rows of a DataFrame. */
final class WindowSchema {
  /** Times of the steps to forecast, where that is not yet known what they hold. */
  static final String TIMES = "ds";

  /** Number of a window of a rolling origin, from 1; null of others. */
  static final String WINDOW = "window";

  static final StructType SCHEMA = schema();

  private WindowSchema() {}

  private static StructType schema() {
    var fields = new ArrayList<StructField>();
    for (Column column : WindowPlan.COLUMNS) {
      fields.add(DataTypes.createStructField(column.role(), ColumnTypes.of(column.type()), true));
    }
    fields.add(
        DataTypes.createStructField(TIMES, DataTypes.createArrayType(DataTypes.StringType), true));
    fields.add(DataTypes.createStructField(WINDOW, DataTypes.IntegerType, true));
    fields.add(DataTypes.createStructField(RowOrigin.FILE, DataTypes.StringType, true));
    fields.add(DataTypes.createStructField(RowOrigin.LINE, DataTypes.LongType, true));
    fields.add(DataTypes.createStructField(RowOrigin.PROBLEM, DataTypes.StringType, true));
    return DataTypes.createStructType(fields);
  }

  /** What other columns than the channels hold, as the columns of a {@link WindowPlan} have it. */
  static final class Exogenous {
    private final double[] steps;
    private final double[] statics;
    private final double[] statistics;

    Exogenous(double[] steps, double[] statics, double[] statistics) {
      this.steps = steps;
      this.statics = statics;
      this.statistics = statistics;
    }
  }

  /**
   * A window.
   *
   * @param future null where it is to be forecast
   * @param times of those steps; null where nobody asks for them
   * @param window its number; null where it has none
   */
  static Row row(
      String id,
      String cutoff,
      List<String> channels,
      double[] history,
      double[] calendar,
      double[] future,
      double[] statistics,
      double[] tally,
      Exogenous exogenous,
      String[] times,
      Integer window) {
    return RowFactory.create(
        id,
        cutoff,
        channels.toArray(),
        history,
        calendar,
        future,
        statistics,
        tally,
        exogenous.steps,
        exogenous.statics,
        exogenous.statistics,
        times,
        window,
        null,
        null,
        null);
  }

  /**
   * What cannot be used.
   *
   * @param id of the series; null where it is a row
   * @param message its place, a colon, and the reason
   */
  static Row rejected(String id, String message) {
    int colon = message.indexOf(": ");
    String place = colon < 0 ? "data" : message.substring(0, colon);
    String reason = colon < 0 ? message : message.substring(colon + 2);
    var cells = new Object[SCHEMA.length()];
    cells[0] = id;
    cells[SCHEMA.fieldIndex(RowOrigin.FILE)] = place;
    cells[SCHEMA.fieldIndex(RowOrigin.LINE)] = 0L;
    cells[SCHEMA.fieldIndex(RowOrigin.PROBLEM)] = reason;
    return RowFactory.create(cells);
  }
}
