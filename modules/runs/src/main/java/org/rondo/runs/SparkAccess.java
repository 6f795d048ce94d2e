package org.rondo.runs;

import org.apache.spark.sql.SparkSession;

/** How a run gets a session of Spark before it trains, for data that the cluster prepares. */
@FunctionalInterface
public interface SparkAccess {
  /** A session, started when it is first asked for. */
  SparkSession session();

  /** Whether there can be one; else whoever can do without does. */
  default boolean isThere() {
    return true;
  }

  /**
   * None at all.
   *
   * @param refusal says why to whoever needs one
   */
  static SparkAccess none(String refusal) {
    return new SparkAccess() {
      @Override
      public SparkSession session() {
        throw new SettingsException(refusal);
      }

      @Override
      public boolean isThere() {
        return false;
      }
    };
  }
}
