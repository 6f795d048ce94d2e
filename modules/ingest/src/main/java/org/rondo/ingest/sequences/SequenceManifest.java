package org.rondo.ingest.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;

/**
 * What a folder of sequences holds: written last, so that a folder without it is no dataset.
 *
 * @param version of the format, which the parts have too: see {@link SequenceFormat}
 * @param targets what they belong to; unknown where a version of Rondo did not write it
 * @param dictionaries SHA-256 in hexadecimal of each file that says what numbers mean, by its name
 * @param splits the parts of each, in order
 */
record SequenceManifest(
    int version,
    SequenceShape shape,
    Targets targets,
    Map<String, String> dictionaries,
    Map<String, List<SequencePart>> splits) {
  static final String FILE = "sequences.json";

  private static final String TARGETS = "targets";
  private static final Pattern DICTIONARY = Pattern.compile("(?!sequences\\.)[a-z]+\\.json");

  SequenceManifest {
    if (version < SequenceFormat.OLDEST
        || version > SequenceFormat.VERSION
        || shape == null
        || targets == null
        || dictionaries == null
        || splits == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences of format %d and shape %s, this program reads formats %d to %d",
              version,
              shape,
              SequenceFormat.OLDEST,
              SequenceFormat.VERSION));
    }
    dictionaries.keySet().forEach(SequenceManifest::requireDictionary);
    splits.forEach(SequenceManifest::requireParts);
    dictionaries = new TreeMap<>(dictionaries);
    splits = new TreeMap<>(splits);
    splits.replaceAll((split, parts) -> List.copyOf(parts));
  }

  static void requireDictionary(String file) {
    if (file == null || !DICTIONARY.matcher(file).matches()) {
      throw new IllegalArgumentException("sequences: no name of a dictionary: " + file);
    }
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

  /** Lengths of the sequences of all splits; of none where a part was written without them. */
  LengthCounts lengths() {
    return lengths(splits.values().stream().flatMap(List::stream).toList());
  }

  /** As {@link #lengths()}, of one split. */
  LengthCounts lengths(String split) {
    return lengths(parts(split));
  }

  private static LengthCounts lengths(List<SequencePart> parts) {
    var all = new LengthCounts();
    for (SequencePart part : parts) {
      if (part.lengths().total() < part.sequences()) {
        return new LengthCounts();
      }
      all.addAll(part.lengths());
    }
    return all;
  }

  /** Steps of the longest sequence of all splits. */
  int longest() {
    return splits.values().stream()
        .flatMap(List::stream)
        .mapToInt(SequencePart::longest)
        .max()
        .orElse(0);
  }

  /** Of a split's shape and parts, wherever their files are, as hexadecimal SHA-256. */
  String fingerprint(String split) {
    var text = new StringBuilder(shape.fingerprint());
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
    int version =
        JsonFile.version(object, "sequences", SequenceFormat.OLDEST, SequenceFormat.VERSION);
    if (version == SequenceFormat.OLDEST) {
      addWhatIsNew(object);
    }
    addWeights(object);
    if (!object.has(TARGETS)) {
      object.put(TARGETS, Targets.UNKNOWN.word());
    }
    return JsonFile.value(object, SequenceManifest.class);
  }

  /** Before version 5 every sequence weighed 1. */
  private static void addWeights(ObjectNode object) {
    for (JsonNode parts : object.path("splits")) {
      for (JsonNode part : parts) {
        if (part instanceof ObjectNode each && !each.has("weight")) {
          each.put("weight", each.path("targets").asDouble());
        }
      }
    }
  }

  /** Version 1 had one column of ids, whose bound was a number, no lengths and no dictionaries. */
  private static void addWhatIsNew(ObjectNode object) {
    if (object.get("shape") instanceof ObjectNode shape && shape.path("ids").isInt()) {
      int bound = shape.path("ids").intValue();
      ArrayNode ids = shape.putArray("ids");
      if (bound != 0) {
        ids.add(bound);
      }
    }
    object.putObject("dictionaries");
    for (JsonNode parts : object.path("splits")) {
      for (JsonNode part : parts) {
        if (part instanceof ObjectNode each) {
          each.putObject("lengths");
        }
      }
    }
  }
}
