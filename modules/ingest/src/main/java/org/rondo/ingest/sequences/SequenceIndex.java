package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Where the sequences of a shard are, by their number in it: 16 bytes for each, so that the
 * sequences themselves may stay in their parts.
 */
final class SequenceIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] lengths;
  private final int[] checksums;

  /**
   * {@code (count + files)}: sequence i, of file f, is the bytes {@code offsets[i + f] ..<
   * offsets[i + f + 1]} of it.
   */
  private final long[] offsets;

  private final ArrayList<String> files = new ArrayList<>();

  /** {@code (files)}: the first sequence of each. */
  private int[] firsts = {};

  private int count;

  /**
   * Of no sequence yet.
   *
   * @param capacity sequences that will be added
   * @param files that they are in
   */
  SequenceIndex(int capacity, int files) {
    lengths = new int[capacity];
    checksums = new int[capacity];
    offsets = new long[capacity + files];
  }

  /** Those that are added next, one at least, follow each other in that file from that byte on. */
  void begin(String file, long offset) {
    files.add(file);
    firsts = Arrays.copyOf(firsts, files.size());
    firsts[files.size() - 1] = count;
    offsets[count + files.size() - 1] = offset;
  }

  void add(byte[] encoded) {
    lengths[count] = SequenceFormat.length(encoded);
    checksums[count] = checksum(encoded, 0, encoded.length);
    int at = count + files.size();
    offsets[at] = offsets[at - 1] + encoded.length;
    count++;
  }

  /** Sequences. */
  int count() {
    return count;
  }

  /** Steps of each; not to be modified. */
  int[] lengths() {
    return lengths;
  }

  /** Which of the files a sequence is in. */
  int file(int sequence) {
    int found = Arrays.binarySearch(firsts, sequence);
    return found >= 0 ? found : -found - 2;
  }

  /** Its name, relative to the dataset's folder. */
  String name(int file) {
    return files.get(file);
  }

  /** The byte of its file at which a sequence begins. */
  long offset(int sequence) {
    return offsets[sequence + file(sequence)];
  }

  /** Bytes of a sequence. */
  int size(int sequence) {
    int at = sequence + file(sequence);
    return (int) (offsets[at + 1] - offsets[at]);
  }

  /** Whether these are the bytes of a sequence. */
  boolean fits(int sequence, byte[] bytes, int from) {
    return checksum(bytes, from, size(sequence)) == checksums[sequence];
  }

  private static int checksum(byte[] bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
