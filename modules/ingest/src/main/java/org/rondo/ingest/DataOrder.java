package org.rondo.ingest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/** In which order a dataset is read. What of it hangs together is the dataset's to say. */
public enum DataOrder {
  /** As it was written, the same in every epoch. */
  CONTIGUOUS,

  /** Drawn anew for each epoch of training; evaluation reads an order of its own. */
  SHUFFLED;

  /**
   * The constant of a configuration's word, {@code contiguous} or {@code shuffled}.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  public static DataOrder named(String word) {
    for (DataOrder each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new ValueException("data.order", word, "must be contiguous or shuffled");
  }

  /** The configuration's word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
