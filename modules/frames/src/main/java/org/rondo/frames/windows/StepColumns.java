package org.rondo.frames.windows;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.ExogenousColumns;

/**
 * What is read of the rows of a table of series where each row is scored by itself, in columns of
 * their own behind those of the table: the series, the time as a number that orders them, what of
 * the time is an input, and the value of each channel, NaN as none.
 */
public final class StepColumns {
  /** Name of the series, a text. */
  public static final String SERIES = "series of the step";

  /** A whole number that orders the steps of a series; null where the time is none. */
  public static final String TIME = "time of the step";

  /** What is said of a step without {@link #TIME}, behind the name of the column of its time. */
  public static final String NO_TIME =
      "has no value, or one that is no time: " + TimeValue.EXAMPLES;

  /** Inputs of the time. */
  public static final String CALENDAR = "calendar of the step";

  /** Words of a label at marked steps, in small letters. */
  public static final Set<String> MARKED = Set.of("1", "1.0", "true", "yes");

  private final SeriesColumns columns;
  private final List<CalendarInput> calendar;

  /**
   * Finds the columns.
   *
   * @param named by role, as the configuration has them
   * @param channels that were learned
   * @param calendar what of the time is an input
   * @throws IllegalArgumentException if a column is missing, or the channels are others
   */
  public StepColumns(
      Map<String, String> named, StructType schema, List<String> channels, List<String> calendar) {
    columns = SeriesColumns.of(named, schema, ExogenousColumns.NONE);
    if (!columns.targets().equals(channels)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: the columns of the values are %s, learned were %s",
              columns.targets(),
              channels));
    }
    if (columns.time().isEmpty()) {
      throw new IngestException(
          "data: the rows have no order in time; name the column of their times by data.columns.time");
    }
    this.calendar = CalendarInput.named(calendar, "calendar");
  }

  /** Name of the column of a channel's values. */
  public static String value(String channel) {
    return channel + " of the step";
  }

  /** The column of the times in the table. */
  public String time() {
    return columns.time();
  }

  /** The rows with these columns behind their own. */
  public Dataset<Row> added(Dataset<Row> rows) {
    SessionClocks.warnOf(rows, columns.time());
    var all = new ArrayList<Column>();
    for (String name : rows.columns()) {
      all.add(rows.col(ColumnNames.quoted(name)));
    }
    Column text = rows.col(ColumnNames.quoted(columns.time())).cast(DataTypes.StringType);
    Column series =
        columns.id().isEmpty()
            ? functions.lit("")
            : rows.col(ColumnNames.quoted(columns.id())).cast(DataTypes.StringType);
    all.add(series.as(SERIES, ColumnNames.madeOf(columns.id())));
    all.add(functions.udf(ordered(), DataTypes.LongType).apply(text).as(TIME, madeOfTime()));
    if (!calendar.isEmpty()) {
      DataType numbers = DataTypes.createArrayType(DataTypes.DoubleType);
      all.add(functions.udf(inputs(calendar), numbers).apply(text).as(CALENDAR, madeOfTime()));
    }
    for (String channel : columns.targets()) {
      Column known =
          SeriesColumns.known(
              rows.col(ColumnNames.quoted(channel)), rows.schema().apply(channel).dataType());
      all.add(known.as(value(channel), ColumnNames.madeOf(channel)));
    }
    return rows.select(all.toArray(Column[]::new));
  }

  private Metadata madeOfTime() {
    return ColumnNames.madeOf(columns.time());
  }

  private static UDF1<String, Long> ordered() {
    return text -> text == null ? null : TimeValue.of(text).map(TimeValue::value).orElse(null);
  }

  private static UDF1<String, double[]> inputs(List<CalendarInput> calendar) {
    return text -> {
      Optional<TimeValue> time = text == null ? Optional.empty() : TimeValue.of(text);
      if (time.isEmpty() || !time.get().kind().isOfCalendar()) {
        return null;
      }
      LocalDateTime at = TimeValue.onCalendar(time.get().value());
      return calendar.stream().mapToDouble(each -> each.of(at)).toArray();
    };
  }

  /** The rows without these columns. */
  public Dataset<Row> dropped(Dataset<Row> rows) {
    var names = new ArrayList<>(List.of(SERIES, TIME, CALENDAR));
    columns.targets().forEach(channel -> names.add(value(channel)));
    Column[] kept =
        Arrays.stream(rows.columns())
            .filter(name -> !names.contains(name))
            .map(name -> rows.col(ColumnNames.quoted(name)))
            .toArray(Column[]::new);
    return rows.select(kept);
  }
}
