package org.rondo.frames.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnTypes;
import org.rondo.ingest.IngestException;
import org.rondo.spark.ScalaCollections;
import org.rondo.tasks.Column;
import org.rondo.tasks.RowPrediction;

/** The columns of a decoder behind those of the data, and one that says why there is no value. */
public final class PredictedColumns implements PredictionColumns {
  private static final long serialVersionUID = 1L;

  /** Why a row has no prediction, a text; null where it has one. */
  static final String REJECTED = "rejected";

  private final Column[] predicted;
  private final StructType schema;

  /**
   * @param input schema of the data
   * @throws IngestException if a column of the data has the name of a predicted one
   */
  public PredictedColumns(StructType input, List<Column> predicted) {
    this.predicted = predicted.toArray(Column[]::new);
    var fields = new ArrayList<StructField>(List.of(input.fields()));
    for (Column column : predicted) {
      fields.add(field(input, column.role(), ColumnTypes.of(column)));
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
    int first = cells.length - predicted.length - 1;
    for (int i = 0; i < predicted.length; i++) {
      Object value = prediction.values().get(predicted[i].role());
      cells[first + i] = value == null ? null : cell(predicted[i].shown(value));
    }
    cells[cells.length - 1] = prediction.problem();
  }

  private static Object cell(Object value) {
    if (value instanceof Map<?, ?> named) {
      return ScalaCollections.map(named);
    }
    return value instanceof List<?> tokens ? tokens.toArray() : value;
  }
}
