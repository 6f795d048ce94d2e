package org.rondo.tasks.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.EventFeatures;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.KeyJudge;
import org.rondo.tasks.RowPrediction;

/**
 * Predicts events with what a checkpoint holds, in a plain JVM: each row of data is the next piece
 * of its key's sequence, such as one measurement, one click or a few words. The prediction of an
 * event is that of all events of its key so far, and bit-identical however these were cut in calls
 * and whatever other keys were scored beside it. For one thread.
 */
public final class EventScorer implements AutoCloseable {
  private final Features features;
  private final Decoder decoder;
  private final Optional<EventFeatures> remembering;
  private final StepScorer scorer;

  /**
   * @param parameters of the network, as its layout says; not modified
   * @param precision of the inputs of matrix products
   * @param batch keys that are scored at once; scores are bit-identical for equal ones
   * @throws IngestException if the network takes or predicts other things than the features make
   * @throws IllegalArgumentException if the network predicts only of whole sequences, saying why,
   *     or has another number of parameters
   */
  public EventScorer(
      Features features,
      NetworkSpec spec,
      float[] parameters,
      Kernels kernels,
      ElementType precision,
      int batch) {
    SequenceShape taken = SequenceShape.of(spec);
    if (!taken.equals(features.shape())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "stream: the features make %s, the network takes %s",
              features.shape(),
              taken));
    }
    this.features = features;
    decoder = features.decoder();
    remembering = features.events();
    int memory = remembering.map(EventFeatures::memory).orElse(0);
    scorer = new StepScorer(spec, parameters, kernels, precision, batch, memory);
  }

  /** Makes bytes of states, and states of bytes. */
  public StateCodec states() {
    return scorer.states();
  }

  /**
   * Scores the rows of each key in their order, and advances the states. A row that cannot be used
   * has no prediction and leaves the state as it is.
   *
   * @param keys no state twice
   * @return for each key and row
   */
  public List<List<RowPrediction>> score(List<KeyEvents<Example>> keys) {
    var problems = new ArrayList<List<String>>();
    var judges = new ArrayList<KeyJudge>();
    var encoded = new ArrayList<KeyEvents<Sequence>>();
    for (KeyEvents<Example> key : keys) {
      KeyJudge judge = judge(key.state());
      var own = new ArrayList<String>();
      var sequences = new ArrayList<Sequence>();
      for (Example row : key.events()) {
        try {
          sequences.add(judge.encode(row));
          own.add(null);
        } catch (BadExampleException e) {
          own.add(e.getMessage());
        }
      }
      problems.add(own);
      judges.add(judge);
      encoded.add(new KeyEvents<>(key.state(), sequences));
    }
    List<List<Predictions>> scored = scorer.score(encoded);
    var all = new ArrayList<List<RowPrediction>>();
    for (int k = 0; k < keys.size(); k++) {
      KeyEvents<Example> key = keys.get(k);
      KeyJudge judge = judges.get(k);
      all.add(decoded(judge, key.events(), problems.get(k), scored.get(k).iterator()));
      judge.save(key.state().memory());
    }
    return all;
  }

  /**
   * Whether a row can be used, as far as that shows without those before it: where a task remembers
   * these, always.
   */
  public boolean takes(Example row) {
    if (remembering.isPresent()) {
      return true;
    }
    try {
      judge(states().start()).encode(row);
      return true;
    } catch (BadExampleException e) {
      return false;
    }
  }

  private KeyJudge judge(KeyState state) {
    return remembering.isPresent()
        ? remembering.get().begin(state.memory())
        : new RowJudge(features, decoder);
  }

  private static List<RowPrediction> decoded(
      KeyJudge judge, List<Example> rows, List<String> problems, Iterator<Predictions> scored) {
    var decoded = new ArrayList<RowPrediction>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String problem = problems.get(i);
      decoded.add(
          problem == null
              ? new RowPrediction(judge.decode(rows.get(i), scored.next()), null)
              : new RowPrediction(Map.of(), problem));
    }
    return decoded;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
