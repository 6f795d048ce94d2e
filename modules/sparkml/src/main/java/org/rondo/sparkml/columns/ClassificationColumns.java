package org.rondo.sparkml.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Predictions of a label as classifiers of Spark write them: log-probabilities and probabilities as
 * vectors, by label, and the predicted label as a number.
 */
public final class ClassificationColumns extends ModelColumns {
  private static final long serialVersionUID = 1L;

  private final ClassRule rule;
  private final boolean writesRaw;
  private final boolean writesProbability;

  /**
   * Writes to rows of that schema.
   *
   * @param schema of the data and {@link #fields}
   * @param rule that chooses the label
   * @param refuses whether a row without a prediction is an error
   */
  public ClassificationColumns(
      StructType schema,
      ClassRule rule,
      boolean writesRaw,
      boolean writesProbability,
      boolean refuses) {
    super(schema, refuses);
    this.rule = rule;
    this.writesRaw = writesRaw;
    this.writesProbability = writesProbability;
  }

  /** The columns, in the order in which they are written; those of an empty name are left out. */
  public static List<StructField> fields(
      String raw, String probability, String prediction, ClassLabels labels) {
    var fields = new ArrayList<StructField>();
    for (String name : List.of(raw, probability)) {
      if (!name.isEmpty()) {
        fields.add(DataTypes.createStructField(name, SQLDataTypes.VectorType(), true));
      }
    }
    Metadata metadata =
        labels.count() == 0
            ? Metadata.empty()
            : NominalAttribute.defaultAttr()
                .withName(prediction)
                .withValues(labels.names().toArray(String[]::new))
                .toMetadata();
    fields.add(new StructField(prediction, DataTypes.DoubleType, true, metadata));
    return fields;
  }

  @Override
  void write(Map<String, Object> values, Object[] cells) {
    double[] probabilities = rule.byLabel((double[]) values.get("probabilities"));
    int at = cells.length - 1;
    cells[at--] = rule.predicted(probabilities);
    if (writesProbability) {
      cells[at--] = Vectors.dense(probabilities);
    }
    if (writesRaw) {
      cells[at] = Vectors.dense(logarithms(probabilities));
    }
  }

  private static double[] logarithms(double[] probabilities) {
    var logarithms = new double[probabilities.length];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = StrictMath.log(Math.max(probabilities[i], Double.MIN_VALUE));
    }
    return logarithms;
  }
}
