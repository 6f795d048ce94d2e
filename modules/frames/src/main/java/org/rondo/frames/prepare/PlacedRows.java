package org.rondo.frames.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.FramePlan;
import org.rondo.frames.rows.BoundColumn;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.Placed;
import org.rondo.frames.rows.RowReader;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.ingest.IngestException;
import scala.Tuple2;

/**
 * The rows of all sources in a fixed number of parts, each sorted. Which part a row is in and where
 * it stands there is a function of the rows alone: neither how they were partitioned nor the number
 * of cores decides anything.
 */
final class PlacedRows {
  private static final String ORDER = "_order";

  private final FramePlan plan;
  private final List<org.rondo.tasks.Column> roles;

  PlacedRows(FramePlan plan, List<org.rondo.tasks.Column> roles) {
    this.plan = plan;
    this.roles = roles;
  }

  /**
   * Places the rows; a row's value is its place for messages.
   *
   * @param sources by split, or by another name for rows that are cut into splits
   * @throws IllegalArgumentException if a schema does not fit
   */
  JavaPairRDD<RowKey, String> of(Map<String, Dataset<Row>> sources) {
    JavaPairRDD<RowKey, String> all = null;
    RowSplit training = null;
    for (Map.Entry<String, Dataset<Row>> source : sources.entrySet()) {
      RowSplit splits = RowSplit.of(source.getKey(), plan.splits().fractions());
      training = splits.isOfTraining() ? splits : training;
      JavaPairRDD<RowKey, String> keyed = keyed(source.getValue(), splits);
      all = all == null ? keyed : all.union(keyed);
    }
    if (training == null) {
      throw new IngestException("data: there is no source of training rows");
    }
    return plan.orderColumn().isEmpty()
        ? all.repartitionAndSortWithinPartitions(Placed.partitioner(plan.parts()))
        : ranked(all, training);
  }

  private JavaPairRDD<RowKey, String> keyed(Dataset<Row> rows, RowSplit splits) {
    RowReader whole = RowReader.of(roles, plan.columns(), rows.schema(), true);
    Dataset<Row> used = rows.select(used(rows, whole).toArray(Column[]::new));
    RowReader reader = RowReader.of(roles, plan.columns(), used.schema(), true);
    var bytes = new ExampleBytes(roles, plan.columns());
    int order = plan.orderColumn().isEmpty() ? -1 : used.schema().fieldIndex(ORDER);
    long seed = plan.seed();
    return used.toJavaRDD()
        .mapPartitionsToPair(part -> new KeyedRows(part, reader, bytes, splits, order, seed));
  }

  private List<Column> used(Dataset<Row> rows, RowReader reader) {
    var names = new ArrayList<String>();
    reader.columns().stream().map(BoundColumn::name).distinct().forEach(names::add);
    for (String name : rows.schema().fieldNames()) {
      if (RowOrigin.isOne(name)) {
        names.add(name);
      }
    }
    var columns = new ArrayList<Column>();
    names.forEach(name -> columns.add(rows.col(ColumnNames.quoted(name))));
    if (!plan.orderColumn().isEmpty()) {
      columns.add(
          OrderValue.of(rows, plan.orderColumn())
              .as(ORDER, ColumnNames.madeOf(plan.orderColumn())));
    }
    return columns;
  }

  /** Sorts all rows to number them, and cuts them into splits and parts by their numbers. */
  private JavaPairRDD<RowKey, String> ranked(JavaPairRDD<RowKey, String> rows, RowSplit training) {
    JavaPairRDD<RowKey, String> sorted = rows.sortByKey(true, plan.parts());
    long[] counts = new long[RowKey.FAILURE + 1];
    sorted.map(row -> row._1().split()).countByValue().forEach((split, n) -> counts[split] = n);
    long[] starts = new long[counts.length];
    for (int split = 1; split < counts.length; split++) {
      starts[split] = starts[split - 1] + counts[split - 1];
    }
    return sorted
        .zipWithIndex()
        .mapToPair(
            row -> {
              RowKey key = row._1()._1();
              int split = key.split();
              long rank = row._2() - starts[split];
              RowKey at = split == 0 ? training.cut(key, rank, counts[0]) : key.at(split, rank);
              return new Tuple2<>(at, row._1()._2());
            })
        .repartitionAndSortWithinPartitions(new ByRank(plan.parts(), training.sizes(counts)));
  }

  private static final class ByRank extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int parts;
    private final long[] sizes;

    /**
     * @param sizes rows of each split
     */
    ByRank(int parts, long[] sizes) {
      this.parts = parts;
      this.sizes = sizes;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object key) {
      var row = (RowKey) key;
      return (int) (row.rank() * parts / sizes[row.split()]);
    }
  }
}
