package org.rondo.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a corpus folder holds: written last, so that a folder without it is no corpus.
 *
 * @param version of this format
 * @param replaced invalid UTF-8 sequences replaced
 */
record Manifest(
    int version,
    Origin origin,
    String vocabularySha256,
    BlockFormat blocks,
    long replaced,
    Map<String, Split> splits) {
  static final int VERSION = 1;
  static final String FILE = "manifest.json";
  static final String VOCABULARY_FILE = "vocabulary.json";

  /**
   * One split.
   *
   * @param unknown tokens without an id of their own
   * @param checksums CRC-32C of each block
   */
  record Split(long tokens, long unknown, List<Long> checksums) {
    private static final Split NOTHING = new Split(0, 0, List.of());

    /** Of length and checksums, as hexadecimal SHA-256. */
    String fingerprint() {
      return Sha256.of(String.format(Locale.ROOT, "%d %s", tokens, checksums));
    }
  }

  Manifest {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "corpus format %d, this program reads %d", version, VERSION));
    }
    splits.forEach((name, split) -> requireWhole(name, split, blocks));
  }

  private static void requireWhole(String name, Split split, BlockFormat blocks) {
    long full = split.tokens() / blocks.idsPerBlock();
    long held = split.tokens() % blocks.idsPerBlock() == 0 ? full : full + 1;
    if (split.tokens() < 0 || split.checksums().size() != held) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "split %s of %d tokens in %d blocks of %d",
              name,
              split.tokens(),
              split.checksums().size(),
              blocks.idsPerBlock()));
    }
  }

  /** A split of that name, empty where there is none. */
  Split split(String name) {
    if (!name.equals(Corpus.TRAIN)
        && !name.equals(Corpus.VALIDATION)
        && !name.equals(Corpus.TEST)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "corpus: no split %s; there are %s, %s and %s",
              name,
              Corpus.TRAIN,
              Corpus.VALIDATION,
              Corpus.TEST));
    }
    return splits.getOrDefault(name, Split.NOTHING);
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
  static Manifest read(FileSystem fs, Path folder) throws IOException {
    return JsonFile.read(fs, new Path(folder, FILE), Manifest.class);
  }
}
