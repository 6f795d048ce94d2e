package org.rondo.interop.dl4j;

import java.io.Serializable;
import org.rondo.ingest.sequences.SequencePart;

/**
 * What a partition of data sets became, on its way from the task to the driver. No record: jobs for
 * DL4J often set Kryo, which fails on them.
 */
final class WrittenPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long sequences;
  private final long steps;
  private final long targets;
  private final int longest;
  private final long bytes;
  private final long checksum;
  private final long rows;

  /**
   * @param rows of minibatches in which the sequences stand
   */
  WrittenPart(SequencePart part, long rows) {
    file = part.file();
    sequences = part.sequences();
    steps = part.steps();
    targets = part.targets();
    longest = part.longest();
    bytes = part.bytes();
    checksum = part.checksum();
    this.rows = rows;
  }

  SequencePart part() {
    return new SequencePart(file, sequences, steps, targets, longest, bytes, checksum);
  }

  long rows() {
    return rows;
  }
}
