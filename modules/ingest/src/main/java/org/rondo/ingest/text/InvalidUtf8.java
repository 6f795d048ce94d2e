package org.rondo.ingest.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.kernels.ValueException;

/** What becomes of bytes that are not UTF-8. */
public enum InvalidUtf8 {
  /** An error that names file, line and byte. */
  REJECT,
  /** U+FFFD in their place, counted in {@link Corpus#replaced}. */
  REPLACE;

  /**
   * The constant of a configuration's word, {@code reject} or {@code replace}.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  public static InvalidUtf8 named(String word) {
    for (InvalidUtf8 each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new ValueException("data.invalid_utf8", word, "must be reject or replace");
  }

  /** The configuration's word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
