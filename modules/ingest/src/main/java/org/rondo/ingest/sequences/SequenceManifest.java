package org.rondo.ingest.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;

/**
 * What a folder of sequences holds: written last, so that a folder without it is no dataset.
 *
 * @param version of this format
 * @param splits the parts of each, in order
 */
record SequenceManifest(int version, SequenceShape shape, Map<String, List<SequencePart>> splits) {
  static final int VERSION = 1;
  static final String FILE = "sequences.json";

  SequenceManifest {
    if (version != VERSION || shape == null || splits == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences of format %d and shape %s, this program reads format %d",
              version,
              shape,
              VERSION));
    }
    splits.forEach(SequenceManifest::requireParts);
    splits = new TreeMap<>(splits);
    splits.replaceAll((split, parts) -> List.copyOf(parts));
  }

  private static void requireParts(String split, List<SequencePart> parts) {
    SequenceFolder.requireSplit(split);
    if (parts == null || parts.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "sequences: a part of split %s is null", split));
    }
  }

  /** The parts of a split; none where there is no such split. */
  List<SequencePart> parts(String split) {
    return splits.getOrDefault(split, List.of());
  }

  /** Of a split's shape and parts, wherever their files are, as hexadecimal SHA-256. */
  String fingerprint(String split) {
    var text = new StringBuilder(shape.toString());
    for (SequencePart part : parts(split)) {
      text.append(
          String.format(
              Locale.ROOT, " %d %d %08x", part.sequences(), part.bytes(), part.checksum()));
    }
    return Sha256.of(text.toString());
  }

  /** Appears whole or not at all. */
  void write(FileSystem fs, Path folder) throws IOException {
    JsonFile.write(fs, new Path(folder, FILE), this);
  }

  /**
   * Reads a folder's manifest.
   *
   * @throws JsonProcessingException if it is none
   */
  static SequenceManifest read(FileSystem fs, Path folder) throws IOException {
    ObjectNode object = JsonFile.read(fs, new Path(folder, FILE));
    JsonFile.requireVersion(object, "sequences", VERSION);
    return JsonFile.value(object, SequenceManifest.class);
  }
}
