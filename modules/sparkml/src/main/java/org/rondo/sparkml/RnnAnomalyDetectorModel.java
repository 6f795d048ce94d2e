package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.anomalies.AnomalyFrame;
import org.rondo.frames.stream.StreamPlan;
import org.rondo.frames.windows.StepColumns;
import org.rondo.kernels.ValueException;
import org.rondo.sparkml.columns.ForecastRows;
import org.rondo.sparkml.columns.StateColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.SeriesParams;
import org.rondo.sparkml.schema.FitMessages;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Scores the steps of series; see {@link RnnAnomalyDetector}. A series is scored in one pass from
 * its first row on, and a stream gives bit-identical scores.
 */
public final class RnnAnomalyDetectorModel
    extends FittedModel<RnnAnomalyDetectorModel, FittedNetwork>
    implements SeriesParams<RnnAnomalyDetectorModel> {
  private static final long serialVersionUID = 1L;
  private static final String REJECTED = "rejected";

  RnnAnomalyDetectorModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setSeriesDefaults();
  }

  /**
   * The rows with {@code outlierScore} (from 0 to 1), {@code predictedLabel} (1 for an alarm),
   * {@code expected} and {@code contributions} (by column of the values), and {@code rejected} (by
   * {@code handleInvalid = keep}: why a row has no score); by series and time.
   */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    Map<String, String> roles = SchemaCheck.series(rows.schema(), this);
    return kept(
        FitMessages.inParams(
            () -> fitted().anomalies(rows.sparkSession(), roles).scored(rows.toDF())));
  }

  /**
   * The alarms of a table of series as intervals: {@code unique_id}, {@code begin} and {@code end}
   * (times, as texts), {@code steps}, {@code score} (the largest) and {@code channel} (the column
   * that contributes most).
   */
  public Dataset<Row> alarms(Dataset<?> rows) {
    AnomalyFrame frame =
        fitted().anomalies(rows.sparkSession(), SchemaCheck.series(rows.schema(), this));
    return FitMessages.inParams(() -> frame.alarms(kept(frame.steps(rows.toDF())), rows.schema()));
  }

  /**
   * As {@link #transform} of a stream, or of a table, in the order in which steps arrive; those of
   * one micro-batch by time.
   */
  public Dataset<Row> scoreStream(Dataset<Row> events) {
    return scored(events, arrival());
  }

  /**
   * As {@link #scoreStream(Dataset)}, with every choice.
   *
   * @param plan whose one key is {@code idCol}
   * @throws IllegalArgumentException if it has others: a state is that of one series
   */
  public Dataset<Row> scoreStream(Dataset<Row> events, StreamPlan plan) {
    ValueException.unless(
        plan.keys().equals(List.of(getIdCol())),
        "keys",
        plan.keys(),
        "must be idCol = " + getIdCol() + " alone, since a state is that of one series");
    return scored(events, plan);
  }

  private Dataset<Row> scored(Dataset<Row> events, StreamPlan plan) {
    return kept(FitMessages.inParams(() -> frame(events).stream(events, plan)));
  }

  /**
   * As {@link #scoreStream(Dataset)} of a stream whose series go on from states.
   *
   * @param states as {@link #streamStates} makes them
   */
  public Dataset<Row> scoreStream(Dataset<Row> events, Dataset<Row> states) {
    return kept(FitMessages.inParams(() -> frame(events).stream(events, arrival(), states)));
  }

  /**
   * The states that the series of a table come to, one row for each. By {@code handleInvalid} other
   * than {@code error} rows that cannot be used change none.
   */
  public Dataset<Row> streamStates(Dataset<Row> history) {
    return FitMessages.inParams(
        () ->
            frame(history).states(history, arrival(), steps -> new StateColumns(steps, refuses())));
  }

  private static StreamPlan arrival() {
    return StreamPlan.of(StepColumns.SERIES, StepColumns.TIME);
  }

  private AnomalyFrame frame(Dataset<Row> rows) {
    return fitted().anomalies(rows.sparkSession(), SchemaCheck.series(rows.schema(), this));
  }

  private Dataset<Row> kept(Dataset<Row> scored) {
    int rejected = scored.schema().fieldIndex(REJECTED);
    return getHandleInvalid().equals("keep")
        ? scored
        : scored.filter(new ForecastRows(rejected, refuses()));
  }

  private boolean refuses() {
    return getHandleInvalid().equals("error");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaCheck.series(schema, this);
    return schema(schema);
  }

  static StructType schema(StructType rows) {
    var byChannel = DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);
    return SchemaCheck.with(
        rows,
        List.of(
            DataTypes.createStructField("outlierScore", DataTypes.DoubleType, true),
            DataTypes.createStructField("predictedLabel", DataTypes.DoubleType, true),
            DataTypes.createStructField("expected", byChannel, true),
            DataTypes.createStructField("contributions", byChannel, true),
            DataTypes.createStructField(REJECTED, DataTypes.StringType, true)));
  }

  @Override
  RnnAnomalyDetectorModel same() {
    return new RnnAnomalyDetectorModel(uid(), fitted());
  }

  public static MLReader<RnnAnomalyDetectorModel> read() {
    return new ModelReader<>(
        RnnAnomalyDetectorModel.class, FittedNetwork::read, RnnAnomalyDetectorModel::new);
  }

  public static RnnAnomalyDetectorModel load(String path) {
    return read().load(path);
  }
}
