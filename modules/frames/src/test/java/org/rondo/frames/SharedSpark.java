package org.rondo.frames;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one Spark of this module's tests, with two cores and without a web page. */
public final class SharedSpark {
  private static SparkSession session;

  private SharedSpark() {}

  public static synchronized SparkSession session() {
    if (session == null) {
      session = start("local[2]");
    }
    return session;
  }

  /** Another one in its place, until the next one is asked for. */
  public static synchronized SparkSession start(String master) {
    stop();
    var conf = new SparkConf();
    conf.setMaster(master);
    conf.setAppName("test");
    conf.set("spark.ui.enabled", "false");
    conf.set("spark.sql.shuffle.partitions", "3");
    conf.set("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse");
    session = SparkSession.builder().config(conf).getOrCreate();
    return session;
  }

  private static void stop() {
    if (session != null) {
      session.stop();
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
      session = null;
    }
  }
}
