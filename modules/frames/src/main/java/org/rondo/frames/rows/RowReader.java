package org.rondo.frames.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ValueException;
import org.rondo.models.Nearest;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;
import scala.collection.Seq;

/**
 * Reads the columns of a task's roles from rows of one schema. Made on the driver, where the schema
 * is checked before any job; goes with the tasks.
 */
public final class RowReader implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is wrong with a row that Spark could not read. */
  static final String MALFORMED = "is malformed, or has too many or too few fields";

  private final List<BoundColumn> columns;
  private final Map<String, String> names;
  private final int file;
  private final int line;
  private final int number;
  private final int problem;

  private RowReader(List<BoundColumn> columns, StructType schema) {
    this.columns = columns;
    names = columns.stream().collect(Collectors.toMap(BoundColumn::role, BoundColumn::shown));
    file = index(schema, RowOrigin.FILE);
    line = index(schema, RowOrigin.LINE);
    number = index(schema, RowOrigin.ROW);
    problem = index(schema, RowOrigin.PROBLEM);
  }

  /**
   * Finds the roles of a task among the columns of the data.
   *
   * @param named the column of each role; a role that is missing has a column of its own name
   * @param learns whether columns that only learning needs are read, and must have values
   * @throws ValueException if a role or a column that is named does not exist
   * @throws IngestException if a column is missing, or of a type that does not fit
   */
  public static RowReader of(
      List<Column> roles, Map<String, String> named, StructType schema, boolean learns) {
    requireRoles(roles, named);
    var bound = new ArrayList<BoundColumn>();
    for (Column role : Column.given(roles, named.keySet())) {
      String column = named.getOrDefault(role.role(), role.role());
      int index = index(schema, column);
      if (!role.isInput() && !learns) {
        continue; // what a row is to be predicted as is to change nothing
      }
      if (index >= 0) {
        bound.add(bound(role, column, schema.fields()[index], index, isNeeded(role, learns)));
      } else if (named.containsKey(role.role())) {
        throw new ValueException("data.columns." + role.role(), column, missing(column, schema));
      } else if (isNeeded(role, learns)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "data: no column %s; the task needs one as its %s: name it by data.columns.%s; %s",
                column,
                role.role(),
                role.role(),
                missing(column, schema)));
      }
    }
    requireInput(roles, bound, schema);
    return new RowReader(List.copyOf(bound), schema);
  }

  private static BoundColumn bound(
      Column role, String column, StructField field, int index, boolean needed) {
    requireType(role.role(), role.type(), field, "data.columns." + role.role());
    if (role.isInput()) {
      requireTokens(role.role(), role.type(), field);
    }
    boolean nullIsEmpty = role.type() == ColumnType.TEXT && RowOrigin.hasEmptyTexts(field);
    return new BoundColumn(
        role.role(), role.type(), column, ColumnNames.shown(field), index, needed, nullIsEmpty);
  }

  /** Of columns that may be missing one by one, not all may: every row would be refused. */
  private static void requireInput(List<Column> roles, List<BoundColumn> bound, StructType schema) {
    List<String> inputs = roles.stream().filter(Column::isInput).map(Column::role).toList();
    boolean there = bound.stream().anyMatch(column -> inputs.contains(column.role()));
    if (!there && !inputs.isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: no column %s; the task needs one of them: name it, such as by data.columns.%s;"
                  + " %s",
              String.join(", ", inputs),
              inputs.get(0),
              missing(inputs.get(0), schema)));
    }
  }

  /**
   * Checks roles that a configuration names, before there are any data.
   *
   * @throws ValueException if the task has no such role
   */
  public static void requireRoles(List<Column> roles, Map<String, String> named) {
    List<String> known = roles.stream().map(Column::role).toList();
    for (String role : named.keySet()) {
      if (!known.contains(role)) {
        String near = Nearest.to(role, known).map(n -> "; did you mean " + n + "?").orElse("");
        throw new ValueException(
            "data.columns." + role,
            named.get(role),
            "the task has no such role; it has " + known + near);
      }
    }
  }

  private static boolean isNeeded(Column role, boolean learns) {
    return switch (role.when()) {
      case ALWAYS -> true;
      case TO_LEARN, IF_NAMED -> learns;
      case OPTIONAL -> false;
    };
  }

  private static String missing(String column, StructType schema) {
    List<String> names =
        List.of(schema.fieldNames()).stream().filter(name -> !RowOrigin.isOne(name)).toList();
    if (names.isEmpty()) {
      return "the data has no columns; is it empty?";
    }
    return String.format(
        Locale.ROOT,
        "the data has %s%s",
        names,
        Nearest.to(column, names).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  /**
   * Checks the type of a column before any job.
   *
   * @param role what the task takes the column as
   * @param wanted type that it reads
   * @param key that names the column
   * @throws IngestException if values of its type cannot be read so
   */
  public static void requireType(String role, ColumnType wanted, StructField field, String key) {
    if (!CellType.fits(wanted, field.dataType())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: column %s is of type %s; as %s the task takes %s: convert it by data.sql or"
                  + " name another by %s",
              ColumnNames.shown(field),
              field.dataType().simpleString(),
              role,
              CellType.allowed(wanted),
              key));
    }
  }

  /** What was learned as 1 would be read as 1.0, a token that nobody knows. */
  private static void requireTokens(String role, ColumnType wanted, StructField field) {
    if (wanted == ColumnType.TOKENS && CellType.hasFractions(field.dataType())) {
      String column = ColumnNames.shown(field);
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: column %s is of type %s; as %s the task takes an array of texts or of whole"
                  + " numbers: make it one by CAST(%s AS array<int>) or CAST(%s AS array<string>)",
              column,
              field.dataType().simpleString(),
              role,
              column,
              column));
    }
  }

  private static int index(StructType schema, String column) {
    return schema.getFieldIndex(column).isDefined() ? schema.fieldIndex(column) : -1;
  }

  /** The columns that were found, in the order of the roles. */
  public List<BoundColumn> columns() {
    return columns;
  }

  /**
   * The row as an example.
   *
   * @throws BadExampleException if it could not be parsed, or a value is missing or cannot be used
   */
  public Example example(Row row) {
    if (problem >= 0 && !row.isNullAt(problem)) {
      throw new BadExampleException(place(row) + ": " + parseProblem(row));
    }
    var values = new HashMap<String, Object>();
    for (BoundColumn column : columns) {
      if (!row.isNullAt(column.index())) {
        values.put(column.role(), value(row, column));
      } else if (column.nullIsEmpty()) {
        values.put(column.role(), "");
      } else if (column.required()) {
        throw refused(column, row, "has no value");
      }
    }
    return Example.handedOver(() -> place(row), values, names);
  }

  private Object value(Row row, BoundColumn column) {
    try {
      return CellValue.of(column.type(), row.get(column.index()));
    } catch (CellValue.BadCell e) {
      throw refused(column, row, e.getMessage());
    }
  }

  private BadExampleException refused(BoundColumn column, Row row, String problem) {
    return new BadExampleException(
        String.format(Locale.ROOT, "%s: column %s %s", place(row), column.shown(), problem));
  }

  /** Rondo's formats say what is wrong; Spark's hand over the row. */
  private String parseProblem(Row row) {
    String said = row.getString(problem);
    return line >= 0 ? said : MALFORMED + ": " + CellValue.cut(said);
  }

  /** File and line, or row, or what the row holds, by which it can be found. */
  String place(Row row) {
    if (file < 0 || row.isNullAt(file)) {
      return values(row);
    }
    if (line >= 0) {
      long number = row.isNullAt(line) ? 0 : row.getLong(line);
      return row.getString(file)
          + (number == 0 ? "" : String.format(Locale.ROOT, ", line %d", number));
    }
    return row.getString(file)
        + ", "
        + (number < 0 || row.isNullAt(number) ? values(row) : row.getString(number));
  }

  private String values(Row row) {
    var known = new HashSet<Integer>();
    var text = new StringBuilder("row");
    for (BoundColumn column : columns) {
      if (isScalar(column.type()) && !column.shown().isEmpty() && known.add(column.index())) {
        text.append(known.size() == 1 ? " " : ", ")
            .append(column.shown())
            .append(" = ")
            .append(CellValue.cut(String.valueOf(row.get(column.index()))));
      }
    }
    if (known.isEmpty()) {
      BoundColumn first = columns.get(0);
      Object cell = row.get(first.index());
      String values =
          cell instanceof Seq<?> all
              ? "[" + all.mkString(", ") + "]"
              : cell instanceof byte[] bytes ? "of " + bytes.length + " bytes" : cell + "";
      text.append(' ').append(first.shown()).append(" = ").append(CellValue.cut(values));
    }
    return text.toString();
  }

  private static boolean isScalar(ColumnType type) {
    return type == ColumnType.TEXT || type == ColumnType.LABEL || type == ColumnType.NUMBER;
  }
}
