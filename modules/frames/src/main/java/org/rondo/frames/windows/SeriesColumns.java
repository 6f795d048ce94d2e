package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.rows.RowReader;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.ExogenousColumns;

/**
 * The columns of a table of series: which series a row is of, its time, and its values, one column
 * for each channel.
 *
 * @param id name of the column; empty where there is one series
 * @param time name of the column; empty where rows are ordered by their places
 * @param targets names of the C columns
 * @param exogenous further columns, whose values stand behind those of the targets
 */
record SeriesColumns(String id, String time, List<String> targets, ExogenousColumns exogenous)
    implements Serializable {
  static final String ID = "id";
  static final String TIME = "time";
  private static final String TARGET = "target";
  private static final String KEY = "data.columns.";
  private static final String ALL = "*";

  /** Texts that are no value, with white space around them: none, or NaN as programs write it. */
  private static final String NO_VALUE = "^\\s*([+-]?(?i:nan))?\\s*$";

  private static final String NONE = "the data has no columns; is it empty?";
  private static final Map<String, String> DEFAULTS =
      Map.of(ID, "unique_id", TIME, "ds", TARGET, "y");

  /**
   * Finds them.
   *
   * @param named by role, as the configuration has them; of targets several, between commas, or
   *     {@value #ALL} for all columns that have no other role
   * @param exogenous further columns
   * @throws ValueException if a column that is named does not exist
   * @throws IngestException if there is no target
   */
  static SeriesColumns of(
      Map<String, String> named, StructType schema, ExogenousColumns exogenous) {
    List<String> there =
        Arrays.stream(schema.fieldNames()).filter(name -> !RowOrigin.isOne(name)).toList();
    String id = one(ID, named, there);
    String time = one(TIME, named, there);
    String targets = named.getOrDefault(TARGET, DEFAULTS.get(TARGET)).strip();
    requireThere("static_cols", exogenous.statics(), there);
    requireThere("hist_exog_cols", exogenous.history(), there);
    requireThere("futr_exog_cols", exogenous.future(), there);
    if (targets.equals(ALL)) {
      List<String> all =
          there.stream()
              .filter(name -> !name.equals(id) && !name.equals(time) && !named.containsValue(name))
              .filter(name -> !exogenous.all().contains(name))
              .toList();
      if (all.isEmpty() && !there.isEmpty()) {
        throw new ValueException(
            KEY + TARGET, ALL, "no column is left to be one; the data has " + there);
      }
      return checked(new SeriesColumns(id, time, required(all, there), exogenous), schema);
    }
    List<String> names = Arrays.stream(targets.split(",", -1)).map(String::strip).toList();
    for (String name : names) {
      if (!there.contains(name) && named.containsKey(TARGET)) {
        throw missing(TARGET, name, there);
      }
    }
    for (String name : exogenous.all()) {
      if (names.contains(name)
          || exogenous.all().indexOf(name) != exogenous.all().lastIndexOf(name)) {
        throw new ValueException(
            "forecasting: column", name, "is a target or an input, once, not both or twice");
      }
    }
    return checked(new SeriesColumns(id, time, required(names, there), exogenous), schema);
  }

  /** That the columns are of types that can be read. */
  private static SeriesColumns checked(SeriesColumns columns, StructType schema) {
    if (!columns.id.isEmpty()) {
      RowReader.requireType(ID, ColumnType.TEXT, schema.apply(columns.id), KEY + ID);
    }
    for (String target : columns.targets) {
      RowReader.requireType(TARGET, ColumnType.NUMBER, schema.apply(target), KEY + TARGET);
    }
    ExogenousColumns inputs = columns.exogenous;
    requireNumbers("static_cols", inputs.statics(), schema);
    requireNumbers("hist_exog_cols", inputs.history(), schema);
    requireNumbers("futr_exog_cols", inputs.future(), schema);
    return columns;
  }

  private static void requireNumbers(String key, List<String> names, StructType schema) {
    for (String name : names) {
      RowReader.requireType("input", ColumnType.NUMBER, schema.apply(name), "forecasting." + key);
    }
  }

  private static void requireThere(String key, List<String> names, List<String> there) {
    for (String name : names) {
      if (!there.contains(name)) {
        throw new ValueException("forecasting." + key, name, noSuchColumn(there));
      }
    }
  }

  /** Names of the columns of values, those of the targets first. */
  List<String> values() {
    return Stream.concat(targets.stream(), exogenous.all().stream()).toList();
  }

  private static List<String> required(List<String> targets, List<String> there) {
    if (targets.isEmpty() || !there.containsAll(targets)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: no column y; name the columns of the values by data.columns.target, or * for all; %s",
              there.isEmpty() ? NONE : "the data has " + there));
    }
    if (targets.stream().distinct().count() < targets.size()) {
      throw new ValueException(KEY + TARGET, targets, "names a column twice");
    }
    return targets;
  }

  private static String one(String role, Map<String, String> named, List<String> there) {
    String name = named.getOrDefault(role, DEFAULTS.get(role));
    if (there.contains(name)) {
      return name;
    }
    if (named.containsKey(role)) {
      throw missing(role, name, there);
    }
    return "";
  }

  private static ValueException missing(String role, String name, List<String> there) {
    return new ValueException(KEY + role, name, noSuchColumn(there));
  }

  private static String noSuchColumn(List<String> there) {
    return there.isEmpty() ? NONE : "the data has no such column; it has " + there;
  }

  /** Role of a column of values for a {@link RowReader}. */
  String role(int value) {
    return TARGET + value;
  }

  /** Reads series and times of {@link #used}, also where values cannot be read. */
  RowReader stepReader(Dataset<Row> used) {
    return new SeriesColumns(id, time, List.of(), ExogenousColumns.NONE).reader(used);
  }

  /** Reads these columns of {@link #used}; values may be missing. */
  RowReader reader(Dataset<Row> used) {
    var roles = new ArrayList<org.rondo.tasks.Column>();
    var names = new TreeMap<String, String>();
    if (!id.isEmpty()) {
      roles.add(new org.rondo.tasks.Column(ID, ColumnType.TEXT, Need.ALWAYS));
      names.put(ID, id);
    }
    if (!time.isEmpty()) {
      roles.add(new org.rondo.tasks.Column(TIME, ColumnType.TEXT, Need.ALWAYS));
      names.put(TIME, time);
    }
    List<String> values = values();
    for (int i = 0; i < values.size(); i++) {
      roles.add(new org.rondo.tasks.Column(role(i), ColumnType.NUMBER, Need.OPTIONAL));
      names.put(role(i), values.get(i));
    }
    return RowReader.of(roles, names, used.schema(), true);
  }

  /** These columns and those of places; times as texts, and NaN as no value. */
  Dataset<Row> used(Dataset<Row> rows) {
    SessionClocks.warnOf(rows, time);
    var columns = new ArrayList<Column>();
    for (String name : rows.schema().fieldNames()) {
      Column column = rows.col(ColumnNames.quoted(name));
      if (name.equals(time)) {
        columns.add(column.cast(DataTypes.StringType).as(name));
      } else if (values().contains(name)) {
        StructField field = rows.schema().apply(name);
        columns.add(known(column, field.dataType()).as(name, field.metadata()));
      } else if (name.equals(id) || RowOrigin.isOne(name)) {
        columns.add(column);
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The values of a column of numbers, or of texts that are numbers, with null in place of NaN. */
  static Column known(Column values, DataType type) {
    if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      return functions.when(functions.not(values.isNaN()), values);
    }
    return type instanceof StringType
        ? functions.when(functions.not(values.rlike(NO_VALUE)), values)
        : values;
  }

  /**
   * Where rows stand in their file, for series without times.
   *
   * @throws IngestException if neither that nor a time is known
   */
  Optional<FilePlace> places(StructType schema) {
    if (!time.isEmpty()) {
      return Optional.empty();
    }
    Optional<FilePlace> place = FilePlace.of(schema);
    if (place.isEmpty()) {
      throw new IngestException(
          "data: the rows have no order in time; name the column of their times by data.columns.time");
    }
    return place;
  }
}
