package org.rondo.interop.dl4j;

import java.io.Serializable;
import org.rondo.ingest.sequences.SequencePart;

/**
 * What a partition of data sets became, on its way from the task to the driver. No record: jobs for
 * DL4J often set Kryo, which fails on them.
 */
final class WrittenPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SequencePart part;
  private final long rows;

  /**
   * @param rows of minibatches in which the sequences stand
   */
  WrittenPart(SequencePart part, long rows) {
    this.part = part;
    this.rows = rows;
  }

  SequencePart part() {
    return part;
  }

  long rows() {
    return rows;
  }
}
