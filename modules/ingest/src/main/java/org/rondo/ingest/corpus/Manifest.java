package org.rondo.ingest.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;

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
    Map<String, Content> splits) {
  static final int VERSION = 1;
  static final String FILE = "manifest.json";
  static final String VOCABULARY_FILE = "vocabulary.json";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * One split.
   *
   * @param unknown tokens without an id of their own
   * @param checksums CRC-32C of each block
   */
  record Content(long tokens, long unknown, List<Long> checksums) {
    private static final long MOST_CHECKSUM = 0xFFFF_FFFFL;
    private static final Content NOTHING = new Content(0, 0, List.of());

    Content {
      require(
          tokens >= 0 && unknown >= 0 && unknown <= tokens,
          "a split of %d tokens, %d of them unknown",
          tokens,
          unknown);
      require(checksums != null, "a split without checksums");
      for (Long checksum : checksums) {
        require(
            checksum != null && checksum >= 0 && checksum <= MOST_CHECKSUM,
            "a block with checksum %s",
            checksum);
      }
    }

    /** Of length and checksums, as hexadecimal SHA-256. */
    String fingerprint() {
      return Sha256.of(String.format(Locale.ROOT, "%d %s", tokens, checksums));
    }
  }

  public Manifest {
    require(version == VERSION, "corpus format %d, this program reads %d", version, VERSION);
    require(
        origin != null && vocabularySha256 != null && blocks != null && splits != null,
        "origin %s, vocabularySha256 %s, blocks %s, splits %s: one is missing",
        origin,
        vocabularySha256,
        blocks,
        splits);
    require(
        SHA256.matcher(vocabularySha256).matches(),
        "vocabularySha256 \"%s\" is no SHA-256",
        vocabularySha256);
    require(replaced >= 0, "replaced is %d", replaced);
    splits.forEach((name, split) -> requireWhole(name, split, blocks));
  }

  private static void requireWhole(String name, Content split, BlockFormat blocks) {
    require(isSplit(name) && split != null, "split \"%s\" is %s", name, split);
    long full = split.tokens() / blocks.idsPerBlock();
    long held = split.tokens() % blocks.idsPerBlock() == 0 ? full : full + 1;
    require(
        split.checksums().size() == held,
        "split %s of %d tokens in %d blocks of %d",
        name,
        split.tokens(),
        split.checksums().size(),
        blocks.idsPerBlock());
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  private static boolean isSplit(String name) {
    return Split.NAMES.contains(name);
  }

  /** A split of that name, empty where there is none. */
  Content split(String name) {
    require(
        isSplit(name),
        "corpus: no split %s; there are %s, %s and %s",
        name,
        Split.TRAIN,
        Split.VALIDATION,
        Split.TEST);
    return splits.getOrDefault(name, Content.NOTHING);
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
    ObjectNode object = JsonFile.read(fs, new Path(folder, FILE));
    JsonFile.requireVersion(object, "corpus", VERSION);
    // What an older version did not write is what it had no choice of.
    if (object.path("origin") instanceof ObjectNode origin) {
      origin.putIfAbsent("tokenizerFile", origin.arrayNode());
      origin.putIfAbsent("rows", TextNode.valueOf(""));
      if (origin.path("plan") instanceof ObjectNode plan) {
        plan.putIfAbsent("lowercase", BooleanNode.FALSE);
        plan.putIfAbsent("tokenizerFile", TextNode.valueOf(""));
      }
    }
    return JsonFile.value(object, Manifest.class);
  }
}
