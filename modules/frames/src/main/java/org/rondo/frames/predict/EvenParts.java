package org.rondo.frames.predict;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Gives every core rows to predict where a source has fewer partitions than there are cores, such
 * as one file that cannot be split. Reading is cheap beside predicting.
 */
public final class EvenParts {
  /** Rows differ in length: with a few parts for each core, none works long alone. */
  private static final int PARTS_PER_CORE = 4;

  private EvenParts() {}

  /** The rows in their order, in parts of as many rows; as they are if they have parts enough. */
  public static Dataset<Row> of(SparkSession spark, Dataset<Row> rows) {
    int cores = JavaSparkContext.fromSparkContext(spark.sparkContext()).defaultParallelism();
    JavaRDD<Row> read = rows.toJavaRDD();
    if (read.getNumPartitions() >= cores) {
      return rows;
    }
    var parts = new ByIndex(read.count(), PARTS_PER_CORE * cores);
    JavaPairRDD<Long, Row> numbered = read.zipWithIndex().mapToPair(each -> each.swap());
    return spark.createDataFrame(
        numbered.repartitionAndSortWithinPartitions(parts).values(), rows.schema());
  }

  /** Numbers from 0 in ranges of the same length, but for one. */
  private static final class ByIndex extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final long count;
    private final int parts;

    ByIndex(long count, int parts) {
      this.count = count;
      this.parts = (int) Math.max(1, Math.min(count, parts));
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object index) {
      return (int) ((Long) index * parts / count);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByIndex ranges && ranges.count == count && ranges.parts == parts;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(count) + parts;
    }
  }
}
