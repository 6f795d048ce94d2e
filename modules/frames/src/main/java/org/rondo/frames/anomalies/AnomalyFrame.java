package org.rondo.frames.anomalies;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.PredictedColumns;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.frames.stream.StreamPlan;
import org.rondo.frames.stream.StreamScorer;
import org.rondo.frames.windows.StepColumns;
import org.rondo.tasks.anomaly.AnomalyFeatures;
import org.rondo.tasks.anomaly.SeriesEvents;

/**
 * Scores the steps of series: the columns of each row, and beside them {@code outlierScore} (from 0
 * to 1), {@code predictedLabel} (1 for an alarm), {@code expected} and {@code contributions} (by
 * channel), and {@code rejected} (why a row has none). A series is scored in one pass, from its
 * first row to its last; a stream gives bit-identical scores.
 */
public final class AnomalyFrame implements AutoCloseable {
  private final FrameModel model;
  private final AnomalyFeatures features;
  private final SparkSession spark;
  private final float[] parameters;
  private final Map<StreamPlan, StreamScorer> scorers = new HashMap<>();

  /**
   * @param model whose features were calibrated; see {@link LearnedErrors}
   * @param parameters of the model's network, as its layout says
   */
  public AnomalyFrame(SparkSession spark, FrameModel model, float[] parameters) {
    this.spark = spark;
    this.model = model;
    this.parameters = parameters;
    features = (AnomalyFeatures) model.features();
  }

  /** The columns of the steps of rows of that schema. */
  public StepColumns columns(StructType schema) {
    return new StepColumns(model.columns(), schema, features.channels(), features.calendar());
  }

  /** Of the rows of that schema when they are scored. */
  public StructType schema(StructType rows) {
    return new PredictedColumns(rows, features.decoder().columns()).schema();
  }

  /**
   * A table with its scores, by series and time; rows that cannot be used are not scored. The
   * columns of {@link StepColumns} stand among the others.
   *
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   */
  public Dataset<Row> steps(Dataset<Row> rows) {
    Dataset<Row> steps = columns(rows.schema()).added(rows);
    return scorer(StreamPlan.of(StepColumns.SERIES, StepColumns.TIME)).score(steps);
  }

  /** A table with its scores, as {@link #steps}, without further columns. */
  public Dataset<Row> scored(Dataset<Row> rows) {
    return columns(rows.schema()).dropped(steps(rows));
  }

  /**
   * The alarms among scored steps; see {@link AlarmFrame}.
   *
   * @param steps as {@link #steps} gives them
   * @param rows schema of the table that they are of
   */
  public Dataset<Row> alarms(Dataset<Row> steps, StructType rows) {
    return AlarmFrame.of(steps, columns(rows).time());
  }

  /**
   * A stream, or a table, with its scores.
   *
   * @param plan how the events of a series follow each other
   */
  public Dataset<Row> stream(Dataset<Row> events, StreamPlan plan) {
    StepColumns columns = columns(events.schema());
    return columns.dropped(scorer(plan).score(columns.added(events)));
  }

  /**
   * The states that the series of a table come to, for a stream that goes on from there.
   *
   * @param columns of the steps of that schema: they refuse rows that cannot be used, or do not
   */
  public Dataset<Row> states(
      Dataset<Row> history, StreamPlan plan, Function<StructType, PredictionColumns> columns) {
    Dataset<Row> steps = columns(history.schema()).added(history);
    return scorer(plan).states(steps, columns.apply(steps.schema()));
  }

  /** As {@link #stream(Dataset, StreamPlan)}, of series that go on from states. */
  public Dataset<Row> stream(Dataset<Row> events, StreamPlan plan, Dataset<Row> states) {
    StepColumns columns = columns(events.schema());
    return columns.dropped(scorer(plan).score(columns.added(events), states));
  }

  private StreamScorer scorer(StreamPlan plan) {
    return scorers.computeIfAbsent(plan, this::opened);
  }

  private StreamScorer opened(StreamPlan plan) {
    var names = new TreeMap<String, String>();
    names.put(SeriesEvents.SERIES, StepColumns.SERIES);
    if (!features.calendar().isEmpty()) {
      names.put(SeriesEvents.CALENDAR, StepColumns.CALENDAR);
    }
    for (int c = 0; c < features.channels().size(); c++) {
      names.put(SeriesEvents.value(c), StepColumns.value(features.channels().get(c)));
    }
    var scoring =
        new FrameModel(
            model.task(),
            model.settings(),
            features,
            model.network(),
            model.kernels(),
            names,
            InvalidRows.SKIP);
    return new StreamScorer(spark, scoring, parameters, plan);
  }

  /** Frees the parameters on the executors; what was not scored by then cannot be any more. */
  @Override
  public void close() {
    scorers.values().forEach(StreamScorer::close);
    scorers.clear();
  }
}
