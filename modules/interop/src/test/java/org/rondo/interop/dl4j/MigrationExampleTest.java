package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class MigrationExampleTest {
  /** A guess among four symbols costs ln 4 = 1.39 nats at each of 9 steps. */
  private static final double GUESS = 9 * Math.log(4);

  private static final int EPOCHS = 8;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = EmbeddedSpark.start("local-cluster[1,2,1024]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void theJobLearnsThroughRondoAsItDidThroughDl4j() {
    double before = score(MigrationExample.train(spark, MigrationExample.before(), EPOCHS));
    double after = score(MigrationExample.train(spark, MigrationExample.after(), EPOCHS));

    assertThat(before).isLessThan(GUESS / 3);
    assertThat(after).isLessThan(GUESS / 3);
  }

  /** DL4J's own evaluation of what was trained. */
  private static double score(SparkDl4jMultiLayer network) {
    JavaRDD<DataSet> data = spark.parallelize(MigrationExample.data(64), 2);
    return network.calculateScore(data, true);
  }
}
