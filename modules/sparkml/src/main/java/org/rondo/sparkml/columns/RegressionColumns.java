package org.rondo.sparkml.columns;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Predicted numbers in the shape of the label: a double where it is one number. */
public final class RegressionColumns extends ModelColumns {
  private static final long serialVersionUID = 1L;

  private final DataType type;

  /**
   * Writes to rows of that schema.
   *
   * @param schema of the data and {@link #fields}
   * @param label type of the column that was learned
   * @param refuses whether a row without a prediction is an error
   */
  public RegressionColumns(StructType schema, DataType label, boolean refuses) {
    super(schema, refuses);
    type = predicted(label);
  }

  /** The column of predictions. */
  public static List<StructField> fields(String prediction, DataType label) {
    return List.of(DataTypes.createStructField(prediction, predicted(label), true));
  }

  /** The shape of a label, with doubles for whatever numbers it has. */
  private static DataType predicted(DataType label) {
    if (label instanceof ArrayType array) {
      return DataTypes.createArrayType(predicted(array.elementType()), false);
    }
    return isVector(label) ? label : DataTypes.DoubleType;
  }

  private static boolean isVector(DataType type) {
    return type.sameType(SQLDataTypes.VectorType());
  }

  @Override
  void write(Map<String, Object> values, Object[] cells) {
    cells[cells.length - 1] = cell(values.get("prediction"));
  }

  /** The task leaves out dimensions of length 1, which the column may have. */
  private Object cell(Object value) {
    if (type instanceof ArrayType array && !array.elementType().equals(DataTypes.DoubleType)) {
      return Arrays.stream(steps(value)).map(step -> list(array.elementType(), step)).toArray();
    }
    if (type.equals(DataTypes.DoubleType)) {
      return value;
    }
    return list(type, value instanceof Double one ? new double[] {one} : (double[]) value);
  }

  /** {@code (T,O)}. */
  private static double[][] steps(Object value) {
    if (value instanceof double[] ofOne) {
      return Arrays.stream(ofOne).mapToObj(one -> new double[] {one}).toArray(double[][]::new);
    }
    float[][] series = (float[][]) value;
    var steps = new double[series.length][series[0].length];
    for (int t = 0; t < steps.length; t++) {
      for (int o = 0; o < steps[t].length; o++) {
        steps[t][o] = series[t][o];
      }
    }
    return steps;
  }

  private static Object list(DataType type, double[] numbers) {
    return isVector(type) ? Vectors.dense(numbers) : numbers;
  }
}
