package org.rondo.ingest.sequences;

import java.io.Serializable;
import org.rondo.models.Minibatch;

/**
 * The rows of groups, out of a store of encoded sequences, each with its weight over the mean
 * weight of its split's targets. Travels with a shard, so it is no record, which some serializers
 * of Spark cannot restore.
 */
final class SequenceRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SequenceStore store;
  private final SequenceFormat format;
  private final double meanWeight;

  SequenceRows(SequenceStore store, SequenceFormat format, double meanWeight) {
    this.store = store;
    this.format = format;
    this.meanWeight = meanWeight;
  }

  /** As {@link SequenceStore#group}, decoded. */
  Sequence[] group(EpochOrder order, int place) {
    var encoded = store.group(order, place);
    var sequences = new Sequence[encoded.length];
    for (int b = 0; b < encoded.length; b++) {
      sequences[b] = format.decode(encoded[b]);
    }
    return sequences;
  }

  /** As {@link Sequence#fill}. */
  void fill(Minibatch minibatch, int b, Sequence sequence, int from) {
    sequence.fill(minibatch, b, from);
    minibatch.weights()[b] = (float) (minibatch.weights()[b] / meanWeight);
  }
}
