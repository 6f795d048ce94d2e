package org.rondo.sparkml.sql;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.rondo.spark.SqlExpressions;

/**
 * Functions of SQL over saved models. The model is a constant, the folder that it was saved in: it
 * is read when a query is analysed, and its parameters go once to each executor.
 */
public enum RondoFunctions {
  /** What a model predicts of a row: a label, a text, a number or numbers, or tags. */
  RONDO_PREDICT(
      "_FUNC_(model, column, ...) - what the model saved in a folder predicts: the label, transcript or translation as a text, a number or numbers, or tags") {
    @Override
    Expression call(Arguments arguments) {
      return PredictCall.expression(arguments);
    }
  },

  /** The perplexity of a text. */
  RONDO_PERPLEXITY(
      "_FUNC_(model, text) - perplexity per token of the text, by the language model saved in a folder") {
    @Override
    Expression call(Arguments arguments) {
      return TextCall.perplexity(arguments);
    }
  },

  /** A prompt and what a language model writes after it. */
  RONDO_GENERATE(
      "_FUNC_(model, prompt, n[, temperature[, seed]]) - the prompt and n tokens that the language model saved in a folder writes after it") {
    @Override
    Expression call(Arguments arguments) {
      return TextCall.generation(arguments);
    }
  };

  private final String usage;

  RondoFunctions(String usage) {
    this.usage = usage;
  }

  /** The expression of a call with resolved arguments. */
  abstract Expression call(Arguments arguments);

  /** Brings the functions to a session that has begun. */
  public static void register(SparkSession spark) {
    for (RondoFunctions each : values()) {
      SqlExpressions.register(spark, each.identifier(), each.info(), each::call);
    }
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  FunctionIdentifier identifier() {
    return new FunctionIdentifier(word());
  }

  ExpressionInfo info() {
    return new ExpressionInfo(
        RondoFunctions.class.getName(), null, word(), usage, "", "", "", "", "", "", "java_udf");
  }

  Expression call(List<Expression> arguments) {
    return call(new Arguments(word(), arguments));
  }
}
