package org.rondo.ingest.sequences;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One file of a dataset of sequences, as the manifest lists it. Not a record, since tasks hand it
 * to the driver through serializers that cannot restore records.
 */
public final class SequencePart implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern FILE =
      Pattern.compile("(train|validation|test)/part-[0-9]+\\.[0-9]+\\.bin");

  private final String file;
  private final long sequences;
  private final long steps;
  private final long targets;
  private final double weight;
  private final int longest;
  private final LengthCounts lengths;
  private final long bytes;
  private final long checksum;

  /** Of a part that was written now; the manifest holds that of all. */
  private Targets kind = Targets.UNKNOWN;

  @JsonCreator
  SequencePart(
      @JsonProperty("file") String file,
      @JsonProperty("sequences") long sequences,
      @JsonProperty("steps") long steps,
      @JsonProperty("targets") long targets,
      @JsonProperty("weight") double weight,
      @JsonProperty("longest") int longest,
      @JsonProperty("lengths") LengthCounts lengths,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("checksum") long checksum) {
    if (file == null || !FILE.matcher(file).matches()) {
      throw new IllegalArgumentException("sequences: no name of a part: " + file);
    }
    boolean weighs = weight >= 0 && weight <= Double.MAX_VALUE;
    boolean counts = weighs && sequences >= 0 && steps >= 0 && targets >= 0 && longest >= 0;
    // Each step, target and sequence takes bytes, so no file can hold more of them.
    if (!counts
        || longest > steps
        || bytes < steps
        || bytes < targets
        || bytes < sequences
        || checksum < 0
        || checksum > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: part %s of %d sequences with %d steps, %d targets and the weight %s, the longest of %d steps, in %d bytes with checksum %d",
              file,
              sequences,
              steps,
              targets,
              weight,
              longest,
              bytes,
              checksum));
    }
    if (lengths == null || (lengths.total() != sequences && lengths.total() != 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: part %s of %d sequences with the lengths %s",
              file,
              sequences,
              lengths));
    }
    this.file = file;
    this.sequences = sequences;
    this.steps = steps;
    this.targets = targets;
    this.weight = weight;
    this.longest = longest;
    this.lengths = lengths;
    this.bytes = bytes;
    this.checksum = checksum;
  }

  /** The same with what its targets belong to. */
  SequencePart of(Targets targetsKind) {
    var part =
        new SequencePart(
            file, sequences, steps, targets, weight, longest, lengths, bytes, checksum);
    part.kind = targetsKind;
    return part;
  }

  /** What its targets belong to. */
  Targets kind() {
    return kind;
  }

  /** Its name, relative to the dataset's folder. */
  @JsonProperty
  public String file() {
    return file;
  }

  /** Sequences in it. */
  @JsonProperty
  public long sequences() {
    return sequences;
  }

  /** Steps of all sequences. */
  @JsonProperty
  public long steps() {
    return steps;
  }

  /** Targets of all sequences. */
  @JsonProperty
  public long targets() {
    return targets;
  }

  /** Weights of all targets, each that of its sequence, added in their order. */
  @JsonProperty
  public double weight() {
    return weight;
  }

  /** Steps of the longest sequence. */
  @JsonProperty
  public int longest() {
    return longest;
  }

  /** Lengths of all sequences; of none in version 1 of the format. */
  @JsonProperty
  public LengthCounts lengths() {
    return lengths;
  }

  /** Bytes of the file. */
  @JsonProperty
  public long bytes() {
    return bytes;
  }

  /** CRC-32C of its bytes. */
  @JsonProperty
  public long checksum() {
    return checksum;
  }
}
