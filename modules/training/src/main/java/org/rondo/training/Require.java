package org.rondo.training;

import java.util.Locale;

/** Checks; messages name the key or the file, and the value. */
final class Require {
  private Require() {}

  /** Of configuration values. */
  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Of counts in the configuration. */
  static void positive(String key, int value) {
    that(value >= 1, String.format(Locale.ROOT, "%s must be >= 1, got %d", key, value));
  }

  /** Of a checkpoint's files. */
  static void intact(boolean condition, String message) {
    if (!condition) {
      throw new CheckpointException(message);
    }
  }
}
