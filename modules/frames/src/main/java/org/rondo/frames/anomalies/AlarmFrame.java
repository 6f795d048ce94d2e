package org.rondo.frames.anomalies;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.windows.StepColumns;

/**
 * Alarms as intervals, a row for each run of steps whose {@code predictedLabel} is 1: {@code
 * unique_id} (the series), {@code begin} and {@code end} (the times of its first and last step, as
 * texts), {@code steps} (how many), {@code score} (the largest of them) and {@code channel} (the
 * one that contributes most).
 */
final class AlarmFrame {
  static final StructType SCHEMA =
      new StructType()
          .add("unique_id", DataTypes.StringType)
          .add("begin", DataTypes.StringType)
          .add("end", DataTypes.StringType)
          .add("steps", DataTypes.LongType)
          .add("score", DataTypes.DoubleType)
          .add("channel", DataTypes.StringType);

  private static final String TEXT = "time of the step as text";

  private AlarmFrame() {}

  /**
   * Those of scored steps, which lie by series and time.
   *
   * @param time column of the times
   */
  static Dataset<Row> of(Dataset<Row> steps, String time) {
    JavaRDD<Row> alarms =
        steps
            .select(
                steps.col(StepColumns.SERIES),
                steps.col(ColumnNames.quoted(time)).cast(DataTypes.StringType).as(TEXT),
                functions.col("outlierScore"),
                functions.col("predictedLabel"),
                functions.col("contributions"))
            .toJavaRDD()
            .mapPartitions(AlarmRows::new);
    return steps.sparkSession().createDataFrame(alarms, SCHEMA);
  }
}
