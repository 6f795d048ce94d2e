package org.rondo.training;

/** Checks; messages name the key or the file, and the value. */
final class Require {
  private Require() {}

  /** Of configuration values. */
  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Of a checkpoint's files. */
  static void intact(boolean condition, String message) {
    if (!condition) {
      throw new CheckpointException(message);
    }
  }
}
