package org.rondo.frames.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.rondo.frames.SharedSpark;

class EvenPartsTest {
  private final SparkSession spark = SharedSpark.session();
  private final int cores = spark.sparkContext().defaultParallelism();

  private Dataset<Row> rows(int count, int partitions) {
    return spark.range(0, count, 1, partitions).toDF("number");
  }

  private static List<Long> numbers(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getLong(0)).toList();
  }

  @Test
  void onePartitionBecomesPartsOfAsManyRowsInTheirOrder() {
    Dataset<Row> even = EvenParts.of(spark, rows(8 * cores + 1, 1));

    List<Integer> sizes = even.toJavaRDD().glom().map(List::size).collect();
    assertThat(numbers(even)).isEqualTo(numbers(rows(8 * cores + 1, 1)));
    assertThat(sizes).hasSize(4 * cores).allMatch(size -> size == 2 || size == 3);
  }

  @Test
  void noRowsAndPartitionsEnoughStayAsTheyAre() {
    assertThat(numbers(EvenParts.of(spark, rows(0, 1)))).isEmpty();
    assertThat(numbers(EvenParts.of(spark, rows(1, 1)))).containsExactly(0L);
    Dataset<Row> enough = rows(10, cores);
    assertThat(EvenParts.of(spark, enough)).isSameAs(enough);
  }
}
