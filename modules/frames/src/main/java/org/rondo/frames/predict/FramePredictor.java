package org.rondo.frames.predict;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.rows.Rejections;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;

/**
 * Predicts the rows of DataFrames: their columns and those of the task's decoder beside them, in
 * their order. The last column, {@code rejected}, says why a row has no prediction. The prediction
 * of a row depends on no other row, bit for bit.
 */
public final class FramePredictor implements AutoCloseable {
  private final SparkSession spark;
  private final FrameModel model;
  private final Broadcast<float[]> parameters;

  /**
   * Sends the parameters to all executors; {@link #close} takes them back.
   *
   * @param values of the network's parameters, as its layout says
   */
  public FramePredictor(SparkSession spark, FrameModel model, float[] values) {
    this.spark = spark;
    this.model = model;
    parameters = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(values);
  }

  /** As below, of {@link Predictor#BATCH} rows at once. */
  public Dataset<Row> predict(Dataset<Row> rows) {
    return predict(rows, Predictor.BATCH);
  }

  /**
   * The rows with their predictions, which are made as they are asked for. Where rows are not to be
   * skipped, all of them are looked at first, by a job.
   *
   * @param batch rows that are predicted at once, see {@link Predictor}
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   * @throws IngestException if rows are refused, naming the first of them
   */
  public Dataset<Row> predict(Dataset<Row> rows, int batch) {
    var columns = new PredictedColumns(rows.schema(), model.features().decoder().columns());
    if (model.invalidRows() == InvalidRows.REJECT) {
      refuse(rows, reader(rows, false));
    }
    return predict(rows, columns, batch);
  }

  private RowReader reader(Dataset<Row> rows, boolean learns) {
    return RowReader.of(model.roles(), model.learnedColumns(), rows.schema(), learns);
  }

  /**
   * The rows with their predictions in other columns; no row is looked at before it is asked for.
   *
   * @param batch rows that are predicted at once, see {@link Predictor}
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   */
  public Dataset<Row> predict(Dataset<Row> rows, PredictionColumns columns, int batch) {
    RowReader reader = reader(rows, columns.needsTargets());
    var shipped = new ShippedModel(model, parameters);
    MapPartitionsFunction<Row, Row> prediction =
        part ->
            new PredictedPart(
                part,
                reader,
                columns,
                shipped.open(
                    "prediction",
                    (features, spec, values, kernels, precision) ->
                        columns.predicting(
                            new Predictor(features, spec, values, kernels, precision, batch)),
                    Predictor::close));
    return rows.mapPartitions(prediction, Encoders.row(columns.schema()));
  }

  /**
   * Predicts rows one by one, of that schema.
   *
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   */
  public RowPredictor byRow(StructType schema, PredictionColumns columns) {
    return new RowPredictor(model, parameters, schema, columns);
  }

  private void refuse(Dataset<Row> rows, RowReader reader) {
    var shipped = new ShippedModel(model, parameters);
    JavaRDD<Rejections> parts =
        rows.toJavaRDD()
            .mapPartitions(
                part -> {
                  Features features = shipped.features();
                  var rejections = new Rejections();
                  while (part.hasNext()) {
                    try {
                      Predictor.encoded(reader.example(part.next()), features);
                      rejections.addUsable(1);
                    } catch (BadExampleException e) {
                      rejections.add(e.getMessage());
                    }
                  }
                  return List.of(rejections).iterator();
                });
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      var all = new Rejections();
      jobs.run("looking at the rows", () -> Guarded.collect(parts)).forEach(all::merge);
      if (model.features().windows().isPresent()) {
        all.refuseAnyOfWindows();
      } else {
        all.refuseAny();
      }
    }
  }

  /** Frees the parameters on the executors; what was not computed by then cannot be any more. */
  @Override
  public void close() {
    parameters.destroy();
  }
}
