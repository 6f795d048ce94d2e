package org.rondo.ingest.sequences;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;

/** Sequences in memory, as they stand in their parts, which takes far less than an object each. */
final class HeldSequences implements SequenceStore {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 1 << 20;

  private final SequenceIndex index;

  /** Each holds sequences that follow each other in one file. */
  private final ArrayList<byte[]> blocks = new ArrayList<>();

  /** The first sequence of each block. */
  private int[] firsts = {};

  /** Bytes in use of the last block. */
  private int filled;

  HeldSequences(SequenceIndex index) {
    this.index = index;
  }

  /** The next sequence is of another file. */
  void endFile() {
    if (filled > 0) {
      int last = blocks.size() - 1;
      blocks.set(last, Arrays.copyOf(blocks.get(last), filled));
    }
    filled = 0;
  }

  /** Holds a sequence that the index has not yet. */
  void add(byte[] encoded) {
    boolean full = filled == 0 || encoded.length > blocks.get(blocks.size() - 1).length - filled;
    if (full) {
      endFile();
      blocks.add(new byte[Math.max(BLOCK, encoded.length)]);
      firsts = Arrays.copyOf(firsts, blocks.size());
      firsts[blocks.size() - 1] = index.count();
    }
    System.arraycopy(encoded, 0, blocks.get(blocks.size() - 1), filled, encoded.length);
    filled += encoded.length;
  }

  @Override
  public ByteBuffer[] group(EpochOrder order, int place) {
    var rows = new ByteBuffer[order.rows(place)];
    for (int b = 0; b < rows.length; b++) {
      int sequence = order.sequence(place, b);
      int found = Arrays.binarySearch(firsts, sequence);
      int block = found >= 0 ? found : -found - 2;
      int at = (int) (index.offset(sequence) - index.offset(firsts[block]));
      rows[b] = ByteBuffer.wrap(blocks.get(block), at, index.size(sequence));
    }
    return rows;
  }
}
