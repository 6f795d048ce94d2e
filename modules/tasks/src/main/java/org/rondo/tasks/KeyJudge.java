package org.rondo.tasks;

import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;

/**
 * Reads and judges the events of one key in their order. A call may read several events before the
 * first of them is judged; those that cannot be read are not judged.
 */
public interface KeyJudge {
  /**
   * An event as the next piece of the key's sequence.
   *
   * @throws BadExampleException if the event cannot be used; then nothing of it is remembered
   */
  Sequence encode(Example event);

  /**
   * The values of the decoder's columns for an event that was read.
   *
   * @param next what the network predicts after it
   */
  Map<String, Object> decode(Example event, Predictions next);

  /**
   * Writes down what is remembered of the events that were judged.
   *
   * @param memory {@link EventFeatures#memory} numbers; overwritten
   */
  void save(double[] memory);
}
