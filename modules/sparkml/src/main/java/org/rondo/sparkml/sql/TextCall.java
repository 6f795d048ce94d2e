package org.rondo.sparkml.sql;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.rondo.spark.SqlExpressions;
import org.rondo.sparkml.RnnLanguageModelModel;
import org.rondo.sparkml.fits.TextPredictor;

/** Calls of functions over a language model. */
final class TextCall {
  private TextCall() {}

  private static TextPredictor model(Arguments arguments) {
    SparkSession spark = SparkSession.active();
    return SavedModels.of(
            arguments, spark, RnnLanguageModelModel.class, "that of an RnnLanguageModel")
        .byText(spark);
  }

  /** {@code rondo_perplexity(model, text)}. */
  static Expression perplexity(Arguments arguments) {
    arguments.requireCount(2, 2, "a model and a text");
    arguments.requireText(1, "second argument");
    TextPredictor model = model(arguments);
    UDF1<String, Double> perplexity = text -> text == null ? null : model.perplexity(text);
    return SqlExpressions.expression(
        functions
            .udf(perplexity, DataTypes.DoubleType)
            .withName(arguments.function())
            .apply(text(arguments)));
  }

  /** {@code rondo_generate(model, prompt, n, temperature, seed)}. */
  static Expression generation(Arguments arguments) {
    arguments.requireCount(
        3, 5, "a model, a prompt, a number of tokens, and maybe a temperature and a seed");
    arguments.requireText(1, "prompt");
    arguments.requireNotNegative(2, "number of tokens");
    double temperature = arguments.notNegative(3, "temperature", 1);
    long seed = (long) arguments.number(4, "seed", 1);
    TextPredictor model = model(arguments);
    UDF2<String, Integer, String> generation =
        (prompt, count) ->
            prompt == null || count == null
                ? null
                : model.generate(prompt, count, temperature, seed);
    Column tokens = SqlExpressions.column(arguments.all().get(2)).cast(DataTypes.IntegerType);
    return SqlExpressions.expression(
        functions
            .udf(generation, DataTypes.StringType)
            .withName(arguments.function())
            .apply(text(arguments), tokens));
  }

  /** A text, also where the argument is NULL of no type. */
  private static Column text(Arguments arguments) {
    return SqlExpressions.column(arguments.all().get(1)).cast(DataTypes.StringType);
  }
}
