package org.rondo.driver.jobs;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.rondo.training.sync.ReductionSizes;

/**
 * What a run on Spark may pile up, and how long it may wait, before it does something about it.
 *
 * @param directBytes the most of all shards' contributions that the driver collects one by one, see
 *     {@link ReductionSizes#DIRECT_BYTES}
 * @param lineageRounds the most rounds that a lost state is computed again through
 * @param lineageBytes the most parameters that the rounds of a lineage have broadcast. Spark's
 *     block manager holds them twice on the driver, as values and as serialized pieces, and moves
 *     to its disk what does not fit its share of the heap
 * @param executorWait how long a job may be without any executor
 */
public record SparkLimits(
    long directBytes, int lineageRounds, long lineageBytes, Duration executorWait) {
  /** Key of {@code executorWait} among Spark's settings, a time such as {@code 90s}. */
  static final String EXECUTOR_WAIT = "spark.rondo.executorWait";

  /** The limits of a context. */
  public static SparkLimits of(SparkConf conf) {
    return new SparkLimits(
        ReductionSizes.DIRECT_BYTES,
        20,
        512L << 20,
        Duration.ofSeconds(conf.getTimeAsSeconds(EXECUTOR_WAIT, "300s")));
  }
}
