package org.rondo.ingest.sequences;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DiskFailure;

/** Writes sequences, in the order in which they are added, to one part; holds one of them. */
public final class SequenceWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final Path path;
  private final SequenceFormat format;
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private final LengthCounts lengths = new LengthCounts();
  private long sequences;
  private long steps;
  private long targets;
  private double weight;
  private int longest;
  private Targets kind = Targets.UNKNOWN;
  private long bytes;

  SequenceWriter(FileSystem fs, Path folder, String file, SequenceShape shape) throws IOException {
    this.file = file;
    this.path = new Path(folder, file);
    this.format = new SequenceFormat(SequenceFormat.VERSION, shape);
    this.out = new BufferedOutputStream(fs.create(path, false), BUFFER);
  }

  /**
   * Adds a sequence.
   *
   * @throws IllegalArgumentException if it is not of the dataset's shape, naming what is not
   * @throws UncheckedIOException if it cannot be written
   */
  public void add(Sequence sequence) {
    byte[] encoded = format.encode(sequence);
    writing(() -> out.write(encoded));
    checksum.update(encoded);
    sequences++;
    steps += sequence.length();
    targets += sequence.targetCount();
    weight += (double) sequence.weight() * sequence.targetCount();
    longest = Math.max(longest, sequence.length());
    lengths.add(sequence.length());
    kind = kind.and(sequence.kind());
    bytes += encoded.length;
  }

  /**
   * Completes the part.
   *
   * @return its entry for {@link SequenceFolder#commit}
   * @throws UncheckedIOException if it cannot be written to its end
   */
  public SequencePart finish() {
    close();
    var part =
        new SequencePart(
            file, sequences, steps, targets, weight, longest, lengths, bytes, checksum.getValue());
    return part.of(kind);
  }

  @Override
  public void close() {
    writing(out::close);
  }

  /** What writes. */
  private interface Writing {
    void run() throws IOException;
  }

  private void writing(Writing work) {
    DiskFailure.worded(
        "sequences: cannot write",
        path,
        () -> {
          work.run();
          return path;
        });
  }
}
