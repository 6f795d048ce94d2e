package org.rondo.driver;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.testkit.EmbeddedExecutors;

/** Spark contexts of one test, without a web page. */
final class EmbeddedSpark {
  private EmbeddedSpark() {}

  /** A context on that master; to be closed before the next one starts. */
  static JavaSparkContext start(String master) {
    return new JavaSparkContext(conf(master));
  }

  static SparkConf conf(String master) {
    var conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.locality.wait", "0")
            .set("spark.executor.memory", "512m")
            .set("spark.executorEnv.OMP_NUM_THREADS", "1");
    EmbeddedExecutors.properties().forEach(conf::set);
    return conf;
  }
}
