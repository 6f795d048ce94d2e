package org.rondo.ingest;

import java.util.List;

/**
 * Ids of tokens. Id 0 is the unknown symbol {@value #UNKNOWN}; the others stand in descending
 * frequency, equally frequent ones in text order.
 */
public final class Vocabulary {
  /** Text of the unknown symbol; a text that holds it as a word means the same. */
  public static final String UNKNOWN = "<unk>";

  /** Its id. */
  public static final int UNKNOWN_ID = 0;

  /** Ids in the order of {@code tokens}; the first must be {@link #UNKNOWN}. */
  public Vocabulary(String tokenizer, List<String> tokens) {}

  /** Name of the {@link Tokenizer} that cuts such tokens. */
  public String tokenizer() {
    return null;
  }

  /** Number of ids. */
  public int size() {
    return 0;
  }

  /** The token's id, {@link #UNKNOWN_ID} if it has none of its own. */
  public int id(String token) {
    return 0;
  }

  /** The token of an id. */
  public String token(int id) {
    return null;
  }

  /** SHA-256 of {@link #toJson} in UTF-8, in hexadecimal: equal for equal vocabularies only. */
  public String sha256() {
    return null;
  }

  /** Readable JSON: what {@code vocabulary.json} holds. */
  public String toJson() {
    return null;
  }

  /** Reads what {@link #toJson} wrote. */
  public static Vocabulary fromJson(String json) {
    return null;
  }

  /**
   * Refuses a vocabulary other than this one, for ids mean nothing without it.
   *
   * @param here what this vocabulary belongs to, for the message
   * @param there what the other belongs to
   * @throws IngestException if they differ, with the first id that does
   */
  public void requireSame(Vocabulary other, String here, String there) {}
}
