package org.rondo.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;

/**
 * Keeps what a network predicts for the sequences of a minibatch's rows, piece after piece, until
 * they end; then the metrics take them in the order of the rows.
 */
final class PredictedRows {
  private final Network network;
  private final List<Metric> metrics;
  private final boolean predictsLength;
  private final double[][] sums;
  private final PredictedSequence[] sequences;
  private final Map<Integer, Room> rooms = new HashMap<>();

  PredictedRows(Network network, List<Metric> metrics) {
    this.network = network;
    this.metrics = metrics;
    predictsLength = network.spec().head().head().predictsLength();
    int outputs = network.spec().scores();
    boolean values = network.spec().targetValues() > 0;
    sums = new double[metrics.size()][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[metrics.get(i).needsPredictions() ? metrics.get(i).sums() : 0];
    }
    sequences = new PredictedSequence[network.batch()];
    for (int b = 0; b < sequences.length; b++) {
      sequences[b] = new PredictedSequence(outputs, values);
    }
  }

  /** Where a network for minibatches of so many steps writes its predictions. */
  private static final class Room {
    private final Network network;
    private final float[] scores;
    private final int[] classes;

    Room(Network network) {
      this.network = network;
      int predictions = network.predictions();
      scores = new float[Math.multiplyExact(predictions, network.spec().scores())];
      classes = new int[network.spec().targetValues() > 0 ? 0 : predictions];
    }
  }

  /**
   * Runs the network over the next piece of each row's sequence.
   *
   * @param losses {@code (B)}: each row's loss is added
   */
  void evaluate(Minibatch minibatch, HiddenState state, double[] losses) {
    Room room = rooms.computeIfAbsent(minibatch.steps(), t -> new Room(network.forSteps(t)));
    room.network.evaluate(minibatch, state, losses, room.scores, room.classes);
    boolean perStep = minibatch.labels() == 0;
    for (int b = 0; b < sequences.length; b++) {
      if (predictsLength && minibatch.lengths()[b] > 0) {
        sequences[b].begin();
      }
      int count = count(minibatch, b, room.classes);
      for (int i = 0; i < count; i++) {
        int row = i * sequences.length + b;
        // Labels are predicted once: from the piece that has them.
        if (perStep || predictsLength || minibatch.targets()[row] >= 0) {
          int predicted = room.classes.length == 0 ? 0 : room.classes[row];
          sequences[b].add(minibatch, row, predicted, room.scores);
        }
      }
      sequences[b].found(room.network.hypotheses(b));
    }
  }

  /** Steps of a row, its labels, or where their number is predicted those of the longer label. */
  private int count(Minibatch minibatch, int b, int[] classes) {
    if (minibatch.labels() == 0) {
      return minibatch.lengths()[b];
    }
    int count = minibatch.labelLengths()[b];
    while (predictsLength
        && count < minibatch.labels()
        && classes[count * sequences.length + b] >= 0) {
      count++;
    }
    return count;
  }

  /** The sequences of all rows are over. */
  void endSequences() {
    for (PredictedSequence sequence : sequences) {
      if (!sequence.isEmpty()) {
        Predictions predictions = sequence.take();
        for (int i = 0; i < sums.length; i++) {
          if (metrics.get(i).needsPredictions()) {
            metrics.get(i).add(predictions, sums[i]);
          }
        }
      }
    }
  }

  /** The sums of each metric over all sequences; empty of those that need no predictions. */
  double[][] sums() {
    endSequences();
    return sums;
  }
}
