package org.rondo.sparkml.columns;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Transcripts, as texts. */
public final class TranscriptColumns extends ModelColumns {
  private static final long serialVersionUID = 1L;

  /**
   * Writes to rows of that schema.
   *
   * @param schema of the data and {@link #fields}
   * @param refuses whether a row without a prediction is an error
   */
  public TranscriptColumns(StructType schema, boolean refuses) {
    super(schema, refuses);
  }

  /** The column of predictions. */
  public static List<StructField> fields(String prediction) {
    return List.of(DataTypes.createStructField(prediction, DataTypes.StringType, true));
  }

  @Override
  void write(Map<String, Object> values, Object[] cells) {
    cells[cells.length - 1] = values.get("prediction");
  }
}
