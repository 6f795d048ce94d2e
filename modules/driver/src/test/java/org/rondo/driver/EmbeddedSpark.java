package org.rondo.driver;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.testkit.EmbeddedExecutors;

/** Spark contexts of one test, without a web page. */
public final class EmbeddedSpark {
  private EmbeddedSpark() {}

  /** A context on that master; to be closed before the next one starts. */
  public static JavaSparkContext start(String master) {
    return new JavaSparkContext(conf(master));
  }

  public static SparkConf conf(String master) {
    var conf = new SparkConf();
    EmbeddedExecutors.context(master).forEach(conf::set);
    return conf;
  }
}
