package org.rondo.tasks.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Objective;
import org.rondo.models.StateRows;

/**
 * Runs a network over the events of many keys, each from its own hidden state. An event is a piece
 * of its key's sequence, mostly of one step.
 *
 * <p>Every product has one shape, whatever arrives: one step of B lanes, each lane a key or empty.
 * How events are cut in calls, and which keys are scored together, therefore changes no bit. B
 * does: compare only scores of equal B. For one thread.
 */
public final class StepScorer implements AutoCloseable {
  private final Network network;
  private final boolean perStep;
  private final StateCodec codec;
  private final StateRows rows;
  private final HiddenState hidden;
  private final Minibatch minibatch;
  private final Lane[] lanes;
  private final int outputs;
  private final float[] scores;

  /**
   * @param spec of the trained network
   * @param parameters of the network, as its layout says; not modified
   * @param precision of the inputs of matrix products
   * @param batch B, keys that are scored at once
   * @throws IllegalArgumentException if the network predicts only of whole sequences, saying why,
   *     or has another number of parameters
   */
  public StepScorer(
      NetworkSpec spec, float[] parameters, Kernels kernels, ElementType precision, int batch) {
    this(spec, parameters, kernels, precision, batch, 0);
  }

  /**
   * As above.
   *
   * @param memory numbers that the task remembers of each key, which its state holds
   */
  StepScorer(
      NetworkSpec spec,
      float[] parameters,
      Kernels kernels,
      ElementType precision,
      int batch,
      int memory) {
    NetworkSpec streamed = StreamedNetwork.of(spec);
    int expected = Network.layout(spec).length();
    if (parameters.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stream: %d parameters for a network of %d",
              parameters.length,
              expected));
    }
    perStep = spec.labels(1) == 0;
    network = Network.forEvaluation(streamed, kernels, precision, 1, batch);
    network.parameters().set(parameters);
    network.parametersChanged();
    rows = network.stateRows();
    codec = new StateCodec(spec, parameters, rows.rowLength(), memory);
    hidden = network.newState();
    minibatch = Minibatch.forNetwork(streamed, 1, batch);
    outputs = streamed.head().outputs();
    scores = new float[batch * outputs];
    lanes = new Lane[batch];
    Arrays.setAll(lanes, b -> new Lane());
  }

  /** Makes bytes of states, and states of bytes. */
  public StateCodec states() {
    return codec;
  }

  /**
   * Scores the events of each key in their order, and advances the states.
   *
   * @param keys no state twice
   * @return for each key and event what is predicted after it: one prediction for each of its steps
   *     or one after its last step, as the head predicts
   * @throws IllegalArgumentException if an event has no steps; then nothing is scored
   */
  public List<List<Predictions>> score(List<KeyEvents<Sequence>> keys) {
    if (keys.stream().flatMap(key -> key.events().stream()).anyMatch(e -> e.length() == 0)) {
      throw new IllegalArgumentException("stream: an event without steps");
    }
    var scored = new ArrayList<List<Predictions>>(keys.size());
    keys.forEach(key -> scored.add(new ArrayList<>(key.events().size())));
    int next = 0;
    minibatch.clear();
    while (true) {
      int busy = 0;
      for (int b = 0; b < lanes.length; b++) {
        while (lanes[b].isFree() && next < keys.size()) {
          lanes[b].take(keys.get(next), scored.get(next), b);
          next++;
        }
        lanes[b].fill(b);
        busy += lanes[b].isFree() ? 0 : 1;
      }
      if (busy == 0) {
        return scored;
      }
      // What an event's targets are is to change nothing.
      Arrays.fill(minibatch.targets(), Minibatch.NO_TARGET);
      network.logits(minibatch, hidden, scores);
      for (int b = 0; b < lanes.length; b++) {
        lanes[b].advance(b);
      }
    }
  }

  /** One row of the minibatch, and the key that it is lent to until its events are over. */
  private final class Lane {
    private KeyEvents<Sequence> key;
    private List<Predictions> scored;
    private int step;
    private float[] made;

    boolean isFree() {
      return key == null;
    }

    void take(KeyEvents<Sequence> taken, List<Predictions> into, int b) {
      if (!taken.events().isEmpty()) {
        key = taken;
        scored = into;
        rows.write(key.state().values(), hidden, b);
        begin();
      }
    }

    private Sequence event() {
      return key.events().get(scored.size());
    }

    private void begin() {
      step = 0;
      made = new float[(perStep ? event().length() : 1) * outputs];
    }

    void fill(int b) {
      if (isFree()) {
        minibatch.lengths()[b] = 0;
      } else {
        event().fill(minibatch, b, step);
      }
    }

    /** Takes the scores of the step that was run. */
    void advance(int b) {
      if (isFree()) {
        return;
      }
      System.arraycopy(scores, b * outputs, made, perStep ? step * outputs : 0, outputs);
      step++;
      if (step == event().length()) {
        scored.add(predictions(made));
        key.state().countEvent();
        if (scored.size() < key.events().size()) {
          begin();
        } else {
          rows.read(hidden, b, key.state().values());
          key = null;
        }
      }
    }
  }

  private Predictions predictions(float[] made) {
    var classes = new int[network.spec().targetValues() > 0 ? 0 : made.length / outputs];
    Objective.largest(made, outputs, classes);
    return Predictions.withoutTargets(classes, outputs, made);
  }

  @Override
  public void close() {
    network.close();
  }
}
