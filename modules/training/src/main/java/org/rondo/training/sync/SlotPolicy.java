package org.rondo.training.sync;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/** What becomes of the slots of the shards' optimizers when the shards come together. */
public enum SlotPolicy {
  /** Every shard carries its own on. */
  KEEP,
  /** All go on from their mean, which is exchanged with the parameters. */
  AVERAGE,
  /** They begin every round at zero. */
  RESET;

  /**
   * The policy of a configuration's word.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static SlotPolicy named(String word) {
    for (SlotPolicy each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    List<String> words = Arrays.stream(values()).map(SlotPolicy::word).toList();
    throw new ValueException("sync.slots", word, "must be one of " + words);
  }

  /** The configuration's word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
