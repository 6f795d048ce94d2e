package org.rondo.sparkml;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one session of this module's tests, with two cores and without a web page. */
final class SharedSession {
  private static SparkSession session;

  private SharedSession() {}

  static synchronized SparkSession get() {
    if (session == null) {
      var conf = new SparkConf();
      conf.setMaster("local[2, 30]"); // tasks are tried again, as a cluster does
      conf.setAppName("test");
      conf.set("spark.ui.enabled", "false");
      conf.set("spark.sql.shuffle.partitions", "3");
      conf.set("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse");
      session = SparkSession.builder().config(conf).getOrCreate();
    }
    return session;
  }
}
