package org.rondo.spark;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.ExpressionUtils;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/**
 * What functions of SQL need of Catalyst. A column of Spark 3.5 holds an expression; one of Spark 4
 * holds a node of its own, which is made one when a query is analysed.
 */
public final class SqlExpressions {
  private SqlExpressions() {}

  /** An expression as a column. */
  public static Column column(Expression expression) {
    return ExpressionUtils.column(expression);
  }

  /** A column as an expression. */
  public static Expression expression(Column column) {
    return ColumnNodeToExpressionConverter$.MODULE$.apply(column.node());
  }

  /** That a query cannot be; its message is shown as it is. */
  public static AnalysisException refusal(String message) {
    return new AnalysisException(
        message,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Map$.MODULE$.<String, String>empty(),
        new QueryContext[0]);
  }

  /**
   * Brings a function to a session that has begun.
   *
   * @param call makes the expression of a call from its resolved arguments
   */
  public static void register(
      SparkSession spark,
      FunctionIdentifier name,
      ExpressionInfo info,
      Function<List<Expression>, Expression> call) {
    ((org.apache.spark.sql.classic.SparkSession) spark)
        .sessionState()
        .functionRegistry()
        .registerFunction(name, info, builder(call));
  }

  /**
   * Brings a function to every session.
   *
   * @param call makes the expression of a call from its resolved arguments
   */
  public static void inject(
      SparkSessionExtensions extensions,
      FunctionIdentifier name,
      ExpressionInfo info,
      Function<List<Expression>, Expression> call) {
    extensions.injectFunction(new Tuple3<>(name, info, builder(call)));
  }

  private static Function1<Seq<Expression>, Expression> builder(
      Function<List<Expression>, Expression> call) {
    return new AbstractFunction1<>() {
      @Override
      public Expression apply(Seq<Expression> arguments) {
        return call.apply(ScalaCollections.list(arguments));
      }
    };
  }
}
