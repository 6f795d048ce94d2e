package org.rondo.frames.stream;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.frames.predict.ShippedModel;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Example;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.stream.EventScorer;
import org.rondo.tasks.stream.KeyEvents;
import org.rondo.tasks.stream.KeyState;

/**
 * From events in order to rows with their predictions: the same for streams and tables. Goes with
 * the tasks; opens its scorer at the first use in each.
 */
final class EventScoring implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MICROS_PER_MILLI = 1_000;

  private final ShippedModel model;
  private final PredictionColumns columns;
  private final InvalidRows invalidRows;
  private final long gap;
  private final int batch;
  private transient EventScorer scorer;

  EventScoring(
      ShippedModel model, PredictionColumns columns, InvalidRows invalidRows, StreamPlan plan) {
    this.model = model;
    this.columns = columns;
    this.invalidRows = invalidRows;
    this.gap = plan.gap().toMillis() * MICROS_PER_MILLI;
    this.batch = plan.batch();
  }

  private EventScorer scorer() {
    if (scorer == null) {
      scorer =
          model.open(
              "stream",
              (features, network, parameters, kernels, precision) ->
                  new EventScorer(features, network, parameters, kernels, precision, batch),
              EventScorer::close);
    }
    return scorer;
  }

  /** Of a key without events. */
  KeyProgress start() {
    return new KeyProgress(scorer().states().start(), ReadEvent.NO_TIME);
  }

  /**
   * Of a key whose events left that.
   *
   * @param last time of the newest of them
   */
  KeyProgress resume(byte[] state, long last) {
    return new KeyProgress(scorer().states().decode(state), last);
  }

  /** The state of {@link #resume}. */
  byte[] bytes(KeyProgress progress) {
    return scorer().states().encode(progress.state());
  }

  /**
   * Scores the events of some keys and advances their progress.
   *
   * @return the rows of all events, key after key
   * @throws IngestException if a row is refused
   */
  List<Row> score(List<KeyProgress.Step> steps) {
    var sequences = new ArrayList<KeyEvents<Example>>();
    for (KeyProgress.Step step : steps) {
      addSequences(step, sequences);
    }
    Iterator<RowPrediction> scored =
        scorer().score(sequences).stream().flatMap(List::stream).iterator();
    var rows = new ArrayList<Row>();
    for (KeyProgress.Step step : steps) {
      for (ReadEvent event : step.events()) {
        rows.add(
            with(
                event.row(),
                event.problem() == null
                    ? scored.next()
                    : new RowPrediction(Map.of(), event.problem())));
      }
    }
    return rows;
  }

  /** Cuts the events of a key where a gap begins its sequence anew; useless ones end no silence. */
  private void addSequences(KeyProgress.Step step, List<KeyEvents<Example>> sequences) {
    KeyProgress progress = step.progress();
    var examples = new ArrayList<Example>();
    for (ReadEvent event : step.events()) {
      if (isUsable(event) && progress.passes(event.time(), gap)) {
        sequences.add(new KeyEvents<>(progress.state(), examples));
        examples = new ArrayList<>();
        KeyState fresh = scorer().states().start();
        progress.beginAnew(fresh);
      }
      if (event.problem() == null) {
        examples.add(event.example());
      }
    }
    sequences.add(new KeyEvents<>(progress.state(), examples));
  }

  /** Without a gap nothing depends on it, and the scorer looks at the row by itself. */
  private boolean isUsable(ReadEvent event) {
    return event.problem() == null && (gap == 0 || scorer().takes(event.example()));
  }

  private Row with(Row row, RowPrediction prediction) {
    if (!prediction.isPredicted() && invalidRows == InvalidRows.REJECT) {
      throw new IngestException(
          "stream: "
              + prediction.problem()
              + "; with data.invalid_rows = skip it has no prediction");
    }
    return columns.row(row, prediction);
  }
}
