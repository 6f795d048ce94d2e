package org.rondo.frames.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.PredictedColumns;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.frames.predict.ShippedModel;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.EventFeatures;
import org.rondo.tasks.stream.StateCodec;

/**
 * Scores the events of a stream or a table, each from the hidden state that the events of its key
 * before it have left: the columns of an event and those of the task's decoder beside them; the
 * last one, {@code rejected}, says why an event has no prediction. Of the same events in the same
 * order a stream and a table have bit-identical predictions.
 */
public final class StreamScorer implements AutoCloseable {
  private final FrameModel model;
  private final StreamPlan plan;
  private final Broadcast<float[]> parameters;

  /**
   * Sends the parameters to all executors; {@link #close} takes them back.
   *
   * @param values of the network's parameters, as its layout says
   * @throws IllegalArgumentException if the network predicts only of whole sequences, saying why
   */
  public StreamScorer(SparkSession spark, FrameModel model, float[] values, StreamPlan plan) {
    if (model.features().windows().isPresent() && model.features().events().isEmpty()) {
      throw new IllegalArgumentException(
          "stream: cannot score event after event: the task reads windows of series; predict their tables");
    }
    this.model = model;
    stateBytes(); // refuses a network that needs whole sequences
    this.plan = plan;
    parameters = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(values);
  }

  /** Bytes of a key's state. */
  public int stateBytes() {
    int memory = model.features().events().map(EventFeatures::memory).orElse(0);
    return StateCodec.length(model.network(), memory);
  }

  /**
   * The events with their predictions. Of a stream, a stream of output mode append, which has a row
   * for each event; of a table, a table that lies by key and time.
   *
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   */
  public Dataset<Row> score(Dataset<Row> events) {
    return score(events, predicted(events.schema()));
  }

  /** As {@link #score(Dataset)}, with predictions in other columns. */
  public Dataset<Row> score(Dataset<Row> events, PredictionColumns columns) {
    return events.isStreaming() ? stream(events, null, columns) : table(events, false, columns);
  }

  /**
   * The events of a stream with their predictions; keys that have a state in a table go on from it.
   * Spark reads the table in the stream's first micro-batch.
   *
   * @param states as {@link #states} makes them, one for each key
   * @throws IllegalArgumentException if a schema does not fit, naming the column
   */
  public Dataset<Row> score(Dataset<Row> events, Dataset<Row> states) {
    return score(events, states, predicted(events.schema()));
  }

  /** As {@link #score(Dataset, Dataset)}, with predictions in other columns. */
  public Dataset<Row> score(Dataset<Row> events, Dataset<Row> states, PredictionColumns columns) {
    if (!events.isStreaming()) {
      throw new IngestException("stream: states begin a stream, and these events are a table");
    }
    return stream(events, states, columns);
  }

  /**
   * The states that the keys of a table come to: the columns of the key, {@code state} and {@code
   * last}, the time of its newest event in microseconds since 1970.
   *
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   */
  public Dataset<Row> states(Dataset<Row> history) {
    return states(history, new NoColumns(history.schema()));
  }

  /**
   * As {@link #states(Dataset)}.
   *
   * @param columns that refuse rows which cannot be used, or do not; nothing else becomes of them
   */
  public Dataset<Row> states(Dataset<Row> history, PredictionColumns columns) {
    return table(history, true, columns);
  }

  private Dataset<Row> table(Dataset<Row> events, boolean states, PredictionColumns columns) {
    EventReader reader = reader(events.schema());
    EventScoring scoring = scoring(columns);
    MapPartitionsFunction<Row, Row> scored =
        part -> new ScoredPart(new EventWindows(part, reader, scoring), scoring, states);
    Column[] keys = columns(events, plan.keys());
    var order = new ArrayList<>(List.of(keys));
    order.add(events.col(ColumnNames.quoted(plan.time())));
    StructType schema = states ? stateColumns(reader) : columns.schema();
    return events
        .repartition(keys)
        .sortWithinPartitions(order.toArray(new Column[0]))
        .mapPartitions(scored, Encoders.row(schema));
  }

  private static StructType stateColumns(EventReader reader) {
    var fields = new ArrayList<StructField>(List.of(reader.columns().keySchema().fields()));
    fields.addAll(KeyedScoring.fields());
    return DataTypes.createStructType(fields);
  }

  private static Column[] columns(Dataset<Row> rows, List<String> names) {
    return names.stream().map(name -> rows.col(ColumnNames.quoted(name))).toArray(Column[]::new);
  }

  private Dataset<Row> stream(
      Dataset<Row> events, Dataset<Row> states, PredictionColumns predictions) {
    StructType schema = events.schema();
    EventReader reader = reader(schema);
    EventColumns columns = reader.columns();
    Encoder<Row> keys = Encoders.row(columns.keySchema());
    MapFunction<Row, Row> key = columns::key;
    KeyValueGroupedDataset<Row, Row> grouped = timed(events).groupByKey(key, keys);
    var function = new KeyedScoring(reader, scoring(predictions), plan);
    Encoder<Row> state = Encoders.row(KeyedScoring.stateSchema(schema));
    Encoder<Row> output = Encoders.row(predictions.schema());
    return states == null
        ? grouped.flatMapGroupsWithState(function, OutputMode.Append(), state, output, timeout())
        : grouped.flatMapGroupsWithState(
            function,
            OutputMode.Append(),
            state,
            output,
            timeout(),
            initial(states, columns, keys, state));
  }

  private Dataset<Row> timed(Dataset<Row> events) {
    if (!plan.isByWatermark()) {
      return events;
    }
    if (plan.time().contains(".")) {
      throw new IngestException(
          "stream: column "
              + plan.time()
              + ": Spark takes no watermark from a column with a dot in its name; rename it");
    }
    return events.withWatermark(plan.time(), plan.lateness().toMillis() + " milliseconds");
  }

  private KeyValueGroupedDataset<Row, Row> initial(
      Dataset<Row> states, EventColumns events, Encoder<Row> keys, Encoder<Row> state) {
    int[] key = EventColumns.indices(states.schema(), plan.keys());
    int[] value =
        EventColumns.indices(states.schema(), List.of(KeyedScoring.STATE, KeyedScoring.LAST));
    StructType wanted = events.keySchema();
    for (int i = 0; i < key.length; i++) {
      StructField found = states.schema().fields()[key[i]];
      if (!found.dataType().equals(wanted.fields()[i].dataType())) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "stream: column %s is of type %s in the events and %s in the states",
                found.name(),
                wanted.fields()[i].dataType().simpleString(),
                found.dataType().simpleString()));
      }
    }
    MapFunction<Row, Row> ofKey = row -> EventColumns.cells(row, key);
    MapFunction<Row, Row> ofState =
        row -> KeyedScoring.initial(row.get(value[0]), row.get(value[1]));
    return states.groupByKey(ofKey, keys).mapValues(ofState, state);
  }

  private GroupStateTimeout timeout() {
    if (plan.isByWatermark()) {
      return GroupStateTimeout.EventTimeTimeout();
    }
    return plan.hasGap()
        ? GroupStateTimeout.ProcessingTimeTimeout()
        : GroupStateTimeout.NoTimeout();
  }

  private EventReader reader(StructType schema) {
    List<org.rondo.tasks.Column> roles =
        model.features().events().map(EventFeatures::columns).orElseGet(model::roles);
    RowReader reader = RowReader.of(roles, model.columns(), schema, false);
    return new EventReader(new EventColumns(schema, plan), reader, roles);
  }

  private PredictedColumns predicted(StructType schema) {
    return new PredictedColumns(schema, model.features().decoder().columns());
  }

  private EventScoring scoring(PredictionColumns columns) {
    return new EventScoring(
        new ShippedModel(model, parameters), columns, model.invalidRows(), plan);
  }

  /** Frees the parameters on the executors; what was not scored by then cannot be any more. */
  @Override
  public void close() {
    parameters.destroy();
  }
}
