package org.rondo.ingest.sequences;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.rondo.models.NetworkSpec;

/**
 * What the targets of sequences belong to; of a dataset, the last of these that one of them has.
 */
enum Targets {
  /** There is none, or an earlier version wrote it. */
  UNKNOWN("no targets"),
  /** One for the whole sequence. */
  LABEL("a label for each sequence"),
  /** As many for the whole sequence as it has, such as the letters of what is said in it. */
  LABELS("several labels for a sequence"),
  /** One for each step. */
  STEPS("a target for each step");

  private final String words;

  Targets(String words) {
    this.words = words;
  }

  /** Of several sequences. */
  Targets and(Targets other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** Whether a network takes them: only one that takes a single label has no room for more. */
  boolean fit(NetworkSpec network) {
    return compareTo(LABEL) <= 0 || network.labels(2) != 1;
  }

  /** As an error shows it. */
  String words() {
    return words;
  }

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static Targets named(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("sequences: no such kind of targets: " + word));
  }
}
