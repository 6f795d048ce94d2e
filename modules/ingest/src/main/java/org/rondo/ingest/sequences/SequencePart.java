package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One file of a dataset of sequences, as the manifest lists it.
 *
 * @param file its name, relative to the dataset's folder
 * @param sequences in it
 * @param steps of all of them
 * @param targets of all of them
 * @param longest steps of the longest one
 * @param bytes of the file
 * @param checksum CRC-32C of its bytes
 */
public record SequencePart(
    String file, long sequences, long steps, long targets, int longest, long bytes, long checksum)
    implements Serializable {
  private static final Pattern FILE =
      Pattern.compile("(train|validation|test)/part-[0-9]+\\.[0-9]+\\.bin");

  public SequencePart {
    if (file == null || !FILE.matcher(file).matches()) {
      throw new IllegalArgumentException("sequences: no name of a part: " + file);
    }
    boolean counts =
        sequences >= 0 && steps >= 0 && targets >= 0 && targets <= steps && longest >= 0;
    // Each step and each sequence takes bytes, so no file can hold more of them.
    if (!counts
        || longest > steps
        || bytes < steps
        || bytes < sequences
        || checksum < 0
        || checksum > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: part %s of %d sequences with %d steps, %d targets, the longest of %d steps, in %d bytes with checksum %d",
              file,
              sequences,
              steps,
              targets,
              longest,
              bytes,
              checksum));
    }
  }
}
