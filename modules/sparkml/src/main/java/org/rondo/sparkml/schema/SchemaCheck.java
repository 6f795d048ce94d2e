package org.rondo.sparkml.schema;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.rondo.frames.prepare.OrderValue;
import org.rondo.frames.rows.RowReader;
import org.rondo.models.Nearest;
import org.rondo.sparkml.params.InputParams;
import org.rondo.sparkml.params.OrderParams;
import org.rondo.sparkml.params.SeriesParams;
import org.rondo.tasks.ColumnType;

/** Checks of columns before anything runs. Each says in one sentence which column and why. */
public final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * The column of that name.
   *
   * @param param that names it
   */
  public static StructField column(StructType schema, String param, String name) {
    if (schema.getFieldIndex(name).isEmpty()) {
      List<String> names = List.of(schema.fieldNames());
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s = %s: the rows have no such column; they have %s%s",
              param,
              name,
              names,
              Nearest.to(name, names).map(near -> "; did you mean " + near + "?").orElse("")));
    }
    return schema.apply(name);
  }

  /** That the columns are there by which sequences are read and ordered, and have an order. */
  public static <E extends InputParams<?> & OrderParams<?>> void sequences(
      StructType schema, E stage) {
    column(schema, "featuresCol", stage.getFeaturesCol());
    if (!stage.orderOrEmpty().isEmpty()) {
      String order = column(schema, "orderCol", stage.orderOrEmpty()).name();
      FitMessages.inParams(
          () -> {
            OrderValue.check(schema, order);
            return order;
          });
    }
  }

  /**
   * The columns of a table of series by the roles of the task.
   *
   * @throws IllegalArgumentException if one that is named is not there, or of a type that does not
   *     fit
   */
  public static <E extends SeriesParams<?>> Map<String, String> series(StructType schema, E stage) {
    var roles = new TreeMap<String, String>();
    String id = stage.getIdCol();
    if (stage.isSet(stage.idCol()) || schema.getFieldIndex(id).isDefined()) {
      StructField column = column(schema, "idCol", id);
      require("idCol", ColumnType.TEXT, column);
      roles.put("id", column.name());
    }
    roles.put("time", time(column(schema, "timeCol", stage.getTimeCol())));
    numbers(schema, "targetCols", List.of(stage.getTargetCols()));
    roles.put("target", String.join(",", stage.getTargetCols()));
    return roles;
  }

  /** That columns hold numbers, or texts that are some. */
  public static void numbers(StructType schema, String param, Iterable<String> names) {
    names.forEach(name -> require(param, ColumnType.NUMBER, column(schema, param, name)));
  }

  private static void require(String role, ColumnType wanted, StructField column) {
    FitMessages.inParams(
        () -> {
          RowReader.requireType(role, wanted, column, "data.columns." + role);
          return column;
        });
  }

  /** A number with a fraction, such as 42.0, is no time. */
  private static String time(StructField column) {
    DataType type = column.dataType();
    boolean fits =
        type instanceof TimestampType
            || type instanceof TimestampNTZType
            || type instanceof DateType
            || type instanceof StringType
            || (type instanceof NumericType
                && !(type instanceof DoubleType || type instanceof FloatType));
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "column %s is of type %s; timeCol takes a timestamp, a date, a text or a whole number",
              column.name(),
              type.simpleString()));
    }
    return column.name();
  }

  /** That a task can read the columns of its roles. */
  public static void read(
      LearnedTask task, Map<String, String> roles, StructType schema, boolean learns) {
    roles.forEach((role, name) -> column(schema, role, name));
    FitMessages.inParams(
        () -> RowReader.of(task.task().columns(task.settings()), roles, schema, learns));
  }

  /** That a column holds arrays of texts. */
  public static void tokens(StructType schema, String param, String name) {
    StructField column = column(schema, param, name);
    if (!(column.dataType() instanceof ArrayType array
        && array.elementType() instanceof StringType)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "column %s is of type %s; %s takes an array of texts",
              name,
              column.dataType().simpleString(),
              param));
    }
  }

  /** That a column holds texts. */
  public static void text(StructType schema, String param, String name) {
    StructField column = column(schema, param, name);
    if (!(column.dataType() instanceof StringType)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "column %s is of type %s; %s takes a text",
              name,
              column.dataType().simpleString(),
              param));
    }
  }

  /** The schema with further columns, none of which it has, each of a name of its own. */
  public static StructType with(StructType schema, List<StructField> more) {
    for (int i = 0; i < more.size(); i++) {
      String name = more.get(i).name();
      if (more.subList(0, i).stream().anyMatch(other -> other.name().equalsIgnoreCase(name))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "two columns of the result are to be named %s; name one of them otherwise",
                name));
      }
    }
    for (StructField field : more) {
      for (String name : schema.fieldNames()) {
        if (name.equalsIgnoreCase(field.name())) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "the rows have a column %s already; drop or rename it", name));
        }
      }
    }
    return new StructType(
        Stream.concat(Stream.of(schema.fields()), more.stream()).toArray(StructField[]::new));
  }
}
