package org.rondo.sparkml.sql;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.kernels.ValueException;
import org.rondo.spark.SqlExpressions;
import org.rondo.sparkml.RnnLanguageModelModel;
import org.rondo.sparkml.fits.TextPredictor;

/** Calls of functions over a language model. */
final class TextCall {
  private static final String TOKENS = "number of tokens";
  private static final String TEMPERATURE = "temperature";

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
    arguments.requireWhole(2, TOKENS);
    double temperature = arguments.number(3, TEMPERATURE, 1);
    long seed = arguments.whole(4, "seed", 1);
    check(arguments, temperature);
    TextPredictor model = model(arguments);
    UDF2<String, Long, String> generation =
        (prompt, count) ->
            prompt == null || count == null
                ? null
                : model.generate(prompt, length(count), temperature, seed);
    Column tokens = SqlExpressions.column(arguments.all().get(2)).cast(DataTypes.LongType);
    return SqlExpressions.expression(
        functions
            .udf(generation, DataTypes.StringType)
            .withName(arguments.function())
            .apply(text(arguments), tokens));
  }

  /** What is constant, before a row is read. */
  private static void check(Arguments arguments, double temperature) {
    int length = arguments.isConstant(2) ? length(arguments.whole(2, TOKENS, 0)) : 0;
    try {
      new GenerationPlan(length, temperature, 0, 1, 1);
    } catch (ValueException e) {
      throw e.name().equals("generate.length")
          ? arguments.refused(2, TOKENS, e.rule())
          : arguments.refused(3, TEMPERATURE, e.rule());
    }
  }

  /** What no length can be stays none. */
  private static int length(long count) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(count, Integer.MAX_VALUE));
  }

  /** A text, also where the argument is NULL of no type. */
  private static Column text(Arguments arguments) {
    return SqlExpressions.column(arguments.all().get(1)).cast(DataTypes.StringType);
  }
}
