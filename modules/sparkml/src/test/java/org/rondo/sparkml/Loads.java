package org.rondo.sparkml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Short series; what is to be predicted of them is linear in their last value and in each step. */
final class Loads {
  static final StructType SCHEMA =
      StructType.fromDDL(
              "id INT, series ARRAY<DOUBLE>, load DOUBLE, both ARRAY<FLOAT>, each ARRAY<DOUBLE>, pairs ARRAY<ARRAY<DOUBLE>>")
          .add("vector", SQLDataTypes.VectorType())
          .add("vectors", DataTypes.createArrayType(SQLDataTypes.VectorType()));

  private Loads() {}

  static Dataset<Row> frame(int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var series = new Double[3 + i % 4];
      var each = new Double[series.length];
      var pairs = new Double[series.length][];
      var vectors = new Vector[series.length];
      for (int t = 0; t < series.length; t++) {
        series[t] = (i * 7 + t * 5) % 11 / 10.0;
        each[t] = i % 5 == 2 && t == 1 ? null : load(series[t]);
        pairs[t] = new Double[] {load(series[t]), 3 - series[t]};
        vectors[t] = Vectors.dense(load(series[t]), 3 - series[t]);
      }
      double last = series[series.length - 1];
      Float[] both = {(float) load(last), (float) (3 - last)};
      Vector vector = Vectors.dense(load(last), 3 - last);
      rows.add(RowFactory.create(i, series, load(last), both, each, pairs, vector, vectors));
    }
    return SharedSession.get().createDataFrame(List.copyOf(rows), SCHEMA);
  }

  static double load(double value) {
    return 20 + 10 * value;
  }

  /** Learns them in a second or two. */
  static RnnRegressor regressor() {
    return new RnnRegressor()
        .setFeaturesCol("series")
        .setLabelCol("load")
        .setHiddenSize(12)
        .setNumLayers(1)
        .setMaxIter(12)
        .setBatchSize(8)
        .setLearningRate(0.03)
        .setValidationFraction(0.2)
        .setSeed(3);
  }
}
