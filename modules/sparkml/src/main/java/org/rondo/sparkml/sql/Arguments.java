package org.rondo.sparkml.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.rondo.kernels.Counted;
import org.rondo.spark.SqlExpressions;

/**
 * The arguments of a call, the first of which is a model.
 *
 * @param function its name, for errors
 */
record Arguments(String function, List<Expression> all) {
  /** Refuses another number of them. */
  void requireCount(int least, int most, String usage) {
    if (all.size() < least || all.size() > most) {
      throw refused("takes %s, and was given %s", usage, Counted.of(all.size(), "argument"));
    }
  }

  /** The folder of the model, which must be a constant. */
  String model() {
    if (all.isEmpty() || !all.get(0).foldable() || !isText(all.get(0)) || value(0) == null) {
      throw refused("its first argument must be a constant text, the folder of a saved model");
    }
    return value(0).toString();
  }

  /** A constant number, or a default where there is none. */
  double number(int index, String what, double byDefault) {
    return index >= all.size()
        ? byDefault
        : constant(index, what, "a constant number", Double::valueOf);
  }

  /** A constant whole number, or a default where there is none. */
  long whole(int index, String what, long byDefault) {
    return index >= all.size()
        ? byDefault
        : constant(index, what, "a constant whole number", s -> new BigDecimal(s).longValueExact());
  }

  private <T> T constant(int index, String what, String rule, Function<String, T> parsed) {
    if (isConstant(index)) {
      try {
        return parsed.apply(value(index).toString());
      } catch (ArithmeticException | NumberFormatException e) {
        // said below
      }
    }
    throw refused(index, what, "must be " + rule);
  }

  /** Refuses what is no whole number, be it constant or not; NULL is one. */
  void requireWhole(int index, String what) {
    DataType type = all.get(index).dataType();
    if (isConstant(index)) {
      whole(index, what, 0);
    } else if (!(type instanceof NullType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType)) {
      throw refused(
          "its %s must be a whole number, and %s is of type %s",
          what, all.get(index).sql(), type.simpleString());
    }
  }

  /** Whether it is known before a row is read, and not NULL. */
  boolean isConstant(int index) {
    return all.get(index).foldable() && value(index) != null;
  }

  /** Refuses an argument that breaks a rule. */
  RuntimeException refused(int index, String what, String rule) {
    return refused("its %s %s, and is %s", what, rule, all.get(index).sql());
  }

  private Object value(int index) {
    return all.get(index).eval(null);
  }

  /** Refuses an argument that is no text, and no null. */
  void requireText(int index, String what) {
    if (!isText(all.get(index)) && !(all.get(index).dataType() instanceof NullType)) {
      throw refused(
          "its %s must be a text, and %s is of type %s",
          what, all.get(index).sql(), all.get(index).dataType().simpleString());
    }
  }

  private static boolean isText(Expression argument) {
    DataType type = argument.dataType();
    return type instanceof StringType;
  }

  /** That the call cannot be; one sentence, which Spark shows without a stack trace. */
  RuntimeException refused(String problem, Object... values) {
    String message = function + ": " + String.format(Locale.ROOT, problem, values);
    return unchecked(SqlExpressions.refusal(message));
  }

  /** Scala, which calls this, knows no checked exceptions. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
