package org.rondo.sparkml.columns;

import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** No columns of predictions, for who asks for states alone; refuses rows as others do. */
public final class StateColumns extends ModelColumns {
  private static final long serialVersionUID = 1L;

  /**
   * @param schema of the data
   * @param refuses whether a row that cannot be used is an error
   */
  public StateColumns(StructType schema, boolean refuses) {
    super(schema, refuses);
  }

  @Override
  void write(Map<String, Object> values, Object[] cells) {
    // The data's columns are all there are.
  }
}
