package org.rondo.training;

/** Checks of configuration values; messages name the key and the value. */
final class Require {
  private Require() {}

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
