package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.frames.predict.RowPredictor;
import org.rondo.frames.stream.StreamPlan;
import org.rondo.frames.stream.StreamScorer;
import org.rondo.sparkml.columns.ColumnMetadata;
import org.rondo.sparkml.columns.StateColumns;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.PredictionParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * A trained network as a transformer: predictions beside the columns of the rows, in their order,
 * without a shuffle. The prediction of a row depends on no other row, bit for bit.
 *
 * @param <M> the model
 */
public abstract class RnnModel<M extends RnnModel<M>> extends FittedModel<M, FittedNetwork>
    implements PredictionParams<M> {
  private static final long serialVersionUID = 1L;

  RnnModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setPredictionDefaults();
  }

  /** The column of each role that is read. */
  Map<String, String> roles() {
    return fitted().features().inputs().stream()
        .collect(Collectors.toMap(role -> role, role -> getFeaturesCol()));
  }

  /** Keys of the task that say how it is asked, in the place of those that it was learned with. */
  Map<String, Object> keysOfPrediction() {
    return Map.of();
  }

  /** Where predictions are written, without the data's columns. */
  abstract List<StructField> predicted();

  /**
   * The writer of predictions.
   *
   * @param schema of the data and {@link #predicted}
   */
  abstract PredictionColumns columns(StructType schema);

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaCheck.read(fitted().task(), roles(), schema, false);
    return SchemaCheck.with(schema, predicted());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    StructType schema = transformSchema(rows.schema());
    Dataset<Row> predicted =
        fitted()
            .predictor(rows.sparkSession(), roles(), keysOfPrediction())
            .predict(rows.toDF(), columns(schema), getInferBatchSize());
    return ColumnMetadata.restored(kept(predicted), schema);
  }

  /**
   * Predicts rows one by one, inside a function of the caller's, such as a map. Rows come out with
   * the columns of {@link #transformSchema}; one that cannot be used is refused, or by {@code
   * handleInvalid} other than {@code error} has null in them. Many rows are predicted faster by
   * {@link #transform}.
   *
   * @param schema of the rows
   */
  public RowPredictor byRow(SparkSession spark, StructType schema) {
    StructType out = transformSchema(schema);
    return fitted().predictor(spark, roles(), keysOfPrediction()).byRow(schema, columns(out));
  }

  private Dataset<Row> kept(Dataset<Row> predicted) {
    return getHandleInvalid().equals("skip")
        ? predicted.filter(predicted.col(ColumnNames.quoted(getPredictionCol())).isNotNull())
        : predicted;
  }

  /**
   * Scores the events of a stream, or of a table, as they arrive: each row is the next piece of its
   * key's sequence, and its prediction is that of all events of the key so far. See {@link
   * StreamScorer}.
   *
   * @param key column that tells which events belong together
   * @param time column of the time, a timestamp or a whole number
   * @throws IllegalArgumentException if a column does not fit, or the network predicts only of
   *     whole sequences, saying why
   */
  public Dataset<Row> scoreStream(Dataset<Row> events, String key, String time) {
    return scoreStream(events, StreamPlan.of(key, time));
  }

  /** As {@link #scoreStream(Dataset, String, String)}, with every choice. */
  public Dataset<Row> scoreStream(Dataset<Row> events, StreamPlan plan) {
    StructType schema = transformSchema(events.schema());
    return ColumnMetadata.restored(
        kept(streamScorer(events, plan).score(events, columns(schema))), schema);
  }

  /**
   * As {@link #scoreStream(Dataset, StreamPlan)} of a stream whose keys go on from states.
   *
   * @param states as {@link #streamStates} makes them
   */
  public Dataset<Row> scoreStream(Dataset<Row> events, StreamPlan plan, Dataset<Row> states) {
    StructType schema = transformSchema(events.schema());
    Dataset<Row> scored = streamScorer(events, plan).score(events, states, columns(schema));
    return ColumnMetadata.restored(kept(scored), schema);
  }

  /**
   * The states that the keys of a table come to, one row for each key. By {@code handleInvalid}
   * other than {@code error} rows that cannot be used change none.
   *
   * @throws IllegalArgumentException as {@link #scoreStream(Dataset, String, String)}
   */
  public Dataset<Row> streamStates(Dataset<Row> history, StreamPlan plan) {
    StructType schema = history.schema();
    SchemaCheck.read(fitted().task(), roles(), schema, false);
    var columns = new StateColumns(schema, getHandleInvalid().equals("error"));
    return streamScorer(history, plan).states(history, columns);
  }

  private StreamScorer streamScorer(Dataset<Row> events, StreamPlan plan) {
    return fitted().streamScorer(events.sparkSession(), roles(), plan);
  }
}
