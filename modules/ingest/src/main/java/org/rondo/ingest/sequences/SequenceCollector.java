package org.rondo.ingest.sequences;

/**
 * Collects the sequences of one shard from the parts that it has a share of: where each of them is,
 * and its content too, as long as the content of all fits in memory.
 */
final class SequenceCollector {
  private final SequenceFolder place;
  private final SequenceIndex index;
  private final long memory;
  private HeldSequences held;
  private long bytes;

  /**
   * @param count sequences
   * @param files that they may be in
   * @param memory numbers of four bytes that may be held
   */
  SequenceCollector(SequenceFolder place, long count, int files, long memory) {
    this.place = place;
    this.memory = memory * Integer.BYTES;
    index = new SequenceIndex(Math.toIntExact(count), files);
    held = new HeldSequences(index);
  }

  /**
   * Reads a part to its end.
   *
   * @param from the first sequence of the part that is the shard's
   * @param to the first one behind them
   */
  void read(SequenceReader reader, String file, long from, long to) {
    long number = 0;
    long at = 0;
    for (var next = reader.nextEncoded(); next.isPresent(); next = reader.nextEncoded()) {
      if (number == from) {
        index.begin(file, at);
      }
      if (number >= from && number < to) {
        add(next.get());
      }
      number++;
      at = reader.position();
    }
    if (held != null) {
      held.endFile();
    }
  }

  private void add(byte[] encoded) {
    bytes += encoded.length;
    if (bytes > memory) {
      held = null;
    }
    if (held != null) {
      held.add(encoded);
    }
    index.add(encoded);
  }

  SequenceIndex index() {
    return index;
  }

  /** Where to read them from now on. */
  SequenceStore store() {
    return held != null ? held : new StoredSequences(index, place, memory);
  }
}
