package org.rondo.frames.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnTypes;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Column;
import org.rondo.tasks.RowPrediction;

/** The columns of a decoder behind those of the data, and one that says why there is no value. */
public final class PredictedColumns implements PredictionColumns {
  private static final long serialVersionUID = 1L;

  /** Why a row has no prediction, a text; null where it has one. */
  static final String REJECTED = "rejected";

  private final String[] roles;
  private final StructType schema;

  /**
   * @param input schema of the data
   * @throws IngestException if a column of the data has the name of a predicted one
   */
  public PredictedColumns(StructType input, List<Column> predicted) {
    roles = predicted.stream().map(Column::role).toArray(String[]::new);
    var fields = new ArrayList<StructField>(List.of(input.fields()));
    for (Column column : predicted) {
      fields.add(field(input, column.role(), ColumnTypes.of(column.type())));
    }
    fields.add(field(input, REJECTED, DataTypes.StringType));
    schema = DataTypes.createStructType(fields);
  }

  private static StructField field(StructType input, String name, DataType type) {
    if (input.getFieldIndex(name).isDefined()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "prediction: the data has a column %s already; rename or drop it by data.sql",
              name));
    }
    return DataTypes.createStructField(name, type, true);
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public void write(RowPrediction prediction, Object[] cells) {
    int first = cells.length - roles.length - 1;
    for (int i = 0; i < roles.length; i++) {
      Object value = prediction.values().get(roles[i]);
      cells[first + i] = value instanceof List<?> tokens ? tokens.toArray() : value;
    }
    cells[cells.length - 1] = prediction.problem();
  }
}
