package org.rondo.frames;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/** What becomes of rows that cannot be used. */
public enum InvalidRows {
  /** An error that counts them and names the first. */
  REJECT,
  /** They are left out, and counted. */
  SKIP;

  /**
   * The constant of a configuration's word, {@code reject} or {@code skip}.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  public static InvalidRows named(String word) {
    for (InvalidRows each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new ValueException("data.invalid_rows", word, "must be reject or skip");
  }

  /** The configuration's word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
