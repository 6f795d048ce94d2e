package org.rondo.sparkml.sql;

import org.apache.spark.sql.SparkSessionExtensions;
import org.rondo.spark.SqlExpressions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Brings {@link RondoFunctions} to every session of an application: {@code spark.sql.extensions =
 * org.rondo.sparkml.sql.RondoExtensions}.
 */
public final class RondoExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (RondoFunctions function : RondoFunctions.values()) {
      SqlExpressions.inject(extensions, function.identifier(), function.info(), function::call);
    }
    return BoxedUnit.UNIT;
  }
}
