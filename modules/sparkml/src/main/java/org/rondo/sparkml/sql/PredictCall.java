package org.rondo.sparkml.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.RowPredictor;
import org.rondo.spark.SqlExpressions;
import org.rondo.sparkml.RnnClassifierModel;
import org.rondo.sparkml.RnnModel;
import org.rondo.sparkml.RnnTaggerModel;

/** {@code rondo_predict(model, column, ...)}. */
final class PredictCall {
  /** Types that models read: texts, tokens, values over time, recordings. */
  private static final List<DataType> READ =
      List.of(
          DataTypes.StringType,
          DataTypes.createArrayType(DataTypes.StringType),
          DataTypes.createArrayType(DataTypes.DoubleType),
          DataTypes.BinaryType);

  private PredictCall() {}

  static Expression expression(Arguments arguments) {
    SparkSession spark = SparkSession.active();
    RnnModel<?> model =
        SavedModels.of(
            arguments,
            spark,
            RnnModel.class,
            "those of RnnClassifier, RnnRegressor, RnnTagger, RnnTranscriber and RnnTranslator");
    List<String> names = names(model);
    arguments.requireCount(
        1 + names.size(),
        1 + names.size(),
        "the model and its columns " + String.join(", ", names));
    StructType read = read(arguments, model, names);
    var columns = new ArrayList<Column>();
    for (int i = 0; i < names.size(); i++) {
      Expression argument = arguments.all().get(i + 1);
      Column column = SqlExpressions.column(argument);
      boolean untyped = argument.dataType() instanceof NullType;
      columns.add((untyped ? column.cast(read.fields()[i].dataType()) : column).as(names.get(i)));
    }
    RowPredictor predictor = predictor(arguments, spark, model, read);
    StructField predicted = predictor.schema().apply(model.getPredictionCol());
    String[] labels =
        model instanceof RnnClassifierModel classifier ? classifier.labels() : new String[0];
    DataType type = labels.length > 0 ? DataTypes.StringType : predicted.dataType();
    int index = predictor.schema().fieldIndex(predicted.name());
    UDF1<Row, Object> predict = row -> value(row, predictor, index, labels);
    return SqlExpressions.expression(
        functions
            .udf(predict, type)
            .withName(arguments.function())
            .apply(functions.struct(columns.toArray(Column[]::new))));
  }

  private static List<String> names(RnnModel<?> model) {
    var names = new ArrayList<String>();
    names.add(model.getFeaturesCol());
    if (model instanceof RnnTaggerModel tagger) {
      names.addAll(List.of(tagger.getExtraFeaturesCols()));
    }
    return names;
  }

  /**
   * The columns as the model reads them; a NULL of no type is of the first one that it can read.
   */
  private static StructType read(Arguments arguments, RnnModel<?> model, List<String> names) {
    boolean typed = arguments.all().stream().noneMatch(a -> a.dataType() instanceof NullType);
    for (DataType untyped : typed ? List.<DataType>of() : READ) {
      StructType schema = schema(arguments, names, untyped);
      if (canRead(model, schema)) {
        return schema;
      }
    }
    return schema(arguments, names, DataTypes.NullType);
  }

  private static StructType schema(Arguments arguments, List<String> names, DataType untyped) {
    var schema = new StructType();
    for (int i = 0; i < names.size(); i++) {
      DataType type = arguments.all().get(i + 1).dataType();
      schema = schema.add(names.get(i), type instanceof NullType ? untyped : type);
    }
    return schema;
  }

  private static boolean canRead(RnnModel<?> model, StructType schema) {
    try {
      model.transformSchema(schema);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // said of the types as they are
    }
  }

  private static RowPredictor predictor(
      Arguments arguments, SparkSession spark, RnnModel<?> model, StructType schema) {
    try {
      return model.byRow(spark, schema);
    } catch (IllegalArgumentException e) {
      throw arguments.refused("%s", e.getMessage().replaceFirst("^data: ", ""));
    }
  }

  /** Null of null, as functions of SQL have it. */
  private static Object value(Row row, RowPredictor predictor, int index, String[] labels) {
    if (row.anyNull()) {
      return null;
    }
    Object value = predictor.predict(row).get(index);
    return value instanceof Double label && labels.length > 0 ? labels[label.intValue()] : value;
  }
}
