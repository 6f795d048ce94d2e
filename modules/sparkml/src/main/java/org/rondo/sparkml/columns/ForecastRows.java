package org.rondo.sparkml.columns;

import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;

/**
 * Leaves out series without a forecast, or refuses them.
 *
 * @param rejected place of the column that says why there is none
 * @param refuses whether one is an error
 */
public record ForecastRows(int rejected, boolean refuses) implements FilterFunction<Row> {
  @Override
  public boolean call(Row row) {
    if (refuses && !row.isNullAt(rejected)) {
      throw new RefusedRowException(row.getString(rejected));
    }
    return row.isNullAt(rejected);
  }
}
