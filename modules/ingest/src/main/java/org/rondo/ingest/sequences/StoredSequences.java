package org.rondo.ingest.sequences;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.HadoopSettings;

/**
 * Sequences that stay in their parts. Those of the next groups are read together, as many as memory
 * allows, and in the order of the files: a shard that is n times as large as that is read about n
 * times in an epoch.
 */
final class StoredSequences implements SequenceStore {
  private static final long serialVersionUID = 1L;

  /** Bytes that are rather read and dropped than jumped over. */
  private static final int GAP = 1 << 16;

  /** Bytes read at a time, unless one sequence is longer. */
  private static final int READ = 1 << 22;

  private final SequenceIndex index;
  private final String folder;
  private final TreeMap<String, String> hadoop;
  private final long memory;

  /** Kept from task to task; does not travel. */
  private transient volatile Window window;

  /**
   * @param memory bytes of the sequences that are held, if one group is not more
   */
  StoredSequences(SequenceIndex index, SequenceFolder place, long memory) {
    this.index = index;
    this.folder = place.uri();
    this.hadoop = new TreeMap<>(place.hadoop().values());
    this.memory = memory;
  }

  /** Groups that follow each other in an epoch; replaced as a whole, never changed. */
  private static final class Window {
    private final EpochOrder order;

    /** Place of the first group. */
    private final int from;

    /** The sequences of all groups. */
    private final byte[][] rows;

    /** The first row of each group, then the number of rows. */
    private final int[] starts;

    Window(EpochOrder order, int from, byte[][] rows, int[] starts) {
      this.order = order;
      this.from = from;
      this.rows = rows;
      this.starts = starts;
    }

    boolean has(EpochOrder wanted, int place) {
      return wanted == order && place >= from && place - from < starts.length - 1;
    }

    ByteBuffer[] group(int place) {
      int at = place - from;
      return Arrays.stream(rows, starts[at], starts[at + 1])
          .map(ByteBuffer::wrap)
          .toArray(ByteBuffer[]::new);
    }
  }

  @Override
  public ByteBuffer[] group(EpochOrder order, int place) {
    Window now = window;
    if (now == null || !now.has(order, place)) {
      window = null; // so that there is memory for the next one
      now = read(order, place);
      window = now;
    }
    return now.group(place);
  }

  private Window read(EpochOrder order, int from) {
    int[] starts = starts(order, from);
    int rows = starts[starts.length - 1];
    var wanted = new long[rows]; // a sequence, then its row
    for (int at = 0; at < starts.length - 1; at++) {
      for (int row = starts[at]; row < starts[at + 1]; row++) {
        long sequence = order.sequence(from + at, row - starts[at]);
        wanted[row] = (sequence << Integer.SIZE) | row;
      }
    }
    Arrays.sort(wanted);
    var found = new byte[rows][];
    readAll(wanted, found);
    return new Window(order, from, found, starts);
  }

  /** The first row of each group that fits in memory, one group at least; then all rows. */
  private int[] starts(EpochOrder order, int from) {
    var starts = new int[order.groups() - from + 1];
    long bytes = 0;
    for (int at = 0; at < starts.length - 1; at++) {
      int rows = order.rows(from + at);
      for (int b = 0; b < rows; b++) {
        bytes += index.size(order.sequence(from + at, b));
      }
      if (at > 0 && bytes > memory) {
        return Arrays.copyOf(starts, at + 1);
      }
      starts[at + 1] = starts[at] + rows;
    }
    return starts;
  }

  /** Reads file after file. */
  private void readAll(long[] wanted, byte[][] found) {
    for (int begin = 0; begin < wanted.length; ) {
      int file = index.file(sequence(wanted[begin]));
      int end = begin;
      while (end < wanted.length && index.file(sequence(wanted[end])) == file) {
        end++;
      }
      readFile(new Path(folder, index.name(file)), Arrays.copyOfRange(wanted, begin, end), found);
      begin = end;
    }
  }

  private void readFile(Path path, long[] wanted, byte[][] found) {
    SequenceReader.reading(
        path,
        () -> {
          FileSystem fs = path.getFileSystem(new HadoopSettings(hadoop).configuration());
          try (FSDataInputStream in = fs.open(path)) {
            for (int begin = 0; begin < wanted.length; ) {
              int end = end(wanted, begin);
              readRun(path, in, Arrays.copyOfRange(wanted, begin, end), found);
              begin = end;
            }
          }
          return path;
        });
  }

  /** The first sequence that is too far away to be read together with that one. */
  private int end(long[] wanted, int begin) {
    long start = index.offset(sequence(wanted[begin]));
    long end = start;
    int next = begin;
    while (next < wanted.length) {
      long offset = index.offset(sequence(wanted[next]));
      long itsEnd = offset + index.size(sequence(wanted[next]));
      if (next > begin && (offset - end > GAP || itsEnd - start > READ)) {
        break;
      }
      end = itsEnd;
      next++;
    }
    return next;
  }

  private void readRun(Path path, FSDataInputStream in, long[] wanted, byte[][] found)
      throws IOException {
    int last = sequence(wanted[wanted.length - 1]);
    long start = index.offset(sequence(wanted[0]));
    var bytes = new byte[(int) (index.offset(last) + index.size(last) - start)];
    in.readFully(start, bytes);
    for (long each : wanted) {
      int sequence = sequence(each);
      int at = (int) (index.offset(sequence) - start);
      if (!index.fits(sequence, bytes, at)) {
        throw SequenceReader.damaged(
            path,
            String.format(Locale.ROOT, "the bytes from %d on are others than before", start + at),
            null);
      }
      found[(int) each] = Arrays.copyOfRange(bytes, at, at + index.size(sequence));
    }
  }

  private static int sequence(long wanted) {
    return (int) (wanted >>> Integer.SIZE);
  }
}
