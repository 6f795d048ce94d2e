package org.rondo.sparkml;

import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.frames.ColumnNames;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.SplitPlan;

/**
 * The texts of rows as files, one text after the other with the end of a line behind it. Sorted by
 * the order column, then by a hash of seed and text, so that neither the partitions of the rows nor
 * the cluster decides anything.
 */
final class RunningText {
  private final RnnLanguageModel params;
  private final Path folder;
  private final String rows;
  private final SplitPlan splits;

  /**
   * Writes the texts.
   *
   * @param folder an empty one
   * @throws IngestException if rows have no text and are not to be skipped
   */
  RunningText(RnnLanguageModel params, Dataset<Row> data, Path folder) {
    this.params = params;
    this.folder = folder;
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      rows = jobs.run("reading the rows", () -> counted(data));
      splits = jobs.run("writing the running text", () -> written(data));
    }
  }

  /** How many rows there are, for a person. */
  private String counted(Dataset<Row> data) {
    Row counts =
        data.agg(functions.count(functions.lit(1)), functions.count_if(isUsable(data))).first();
    long all = counts.getLong(0);
    long usable = counts.getLong(1);
    if (usable == 0) {
      throw new IngestException("data: there is no row that can be used");
    }
    if (usable < all && params.getHandleInvalid().equals("error")) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: %d of %d rows cannot be used; handleInvalid = skip leaves them out: column %s has no value",
              all - usable,
              all,
              order(data).isEmpty()
                  ? params.getFeaturesCol()
                  : params.getFeaturesCol() + " or " + params.getOrderCol()));
    }
    return String.format(Locale.ROOT, "%,d rows, %,d left out", usable, all - usable);
  }

  private Column text(Dataset<Row> data) {
    return data.col(ColumnNames.quoted(params.getFeaturesCol()));
  }

  private Optional<Column> order(Dataset<Row> data) {
    String order = params.orderOrEmpty();
    return order.isEmpty() ? Optional.empty() : Optional.of(data.col(ColumnNames.quoted(order)));
  }

  private Column isUsable(Dataset<Row> data) {
    Column there = text(data).isNotNull();
    return order(data).map(by -> there.and(by.isNotNull())).orElse(there);
  }

  private SplitPlan written(Dataset<Row> data) {
    Dataset<Row> usable = data.filter(isUsable(data));
    if (!params.isDefined(params.validationIndicatorCol())) {
      String all = write(usable, "all");
      return new SplitPlan.ByFraction(all, params.getValidationFraction(), 0);
    }
    Column mark = data.col(ColumnNames.quoted(params.getValidationIndicatorCol()));
    Column validates = functions.coalesce(mark, functions.lit(false));
    return new SplitPlan.ByFile(
        write(usable.filter(functions.not(validates)), Split.TRAIN),
        write(usable.filter(validates), Split.VALIDATION),
        "");
  }

  private String write(Dataset<Row> data, String name) {
    Column text = text(data);
    Column hash =
        functions.sha2(functions.concat(functions.lit(params.getSeed() + " "), text), 256);
    Column[] order = order(data).map(by -> new Column[] {by, hash}).orElse(new Column[] {hash});
    String path = new Path(folder, name).toString();
    data.sort(order).select(text.as("value")).write().text(path);
    return path;
  }

  String rows() {
    return rows;
  }

  SplitPlan splits() {
    return splits;
  }
}
