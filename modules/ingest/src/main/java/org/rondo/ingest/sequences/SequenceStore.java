package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.nio.ByteBuffer;

/** The sequences of a shard, in the format of their parts. Safe for use by several threads. */
interface SequenceStore extends Serializable {
  /**
   * The sequences of a group, one for each of its rows.
   *
   * @param order in which groups are read, best one after the other
   * @param place of the group in that order
   */
  ByteBuffer[] group(EpochOrder order, int place);
}
