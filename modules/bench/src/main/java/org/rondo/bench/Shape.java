package org.rondo.bench;

import java.util.Map;
import org.rondo.models.NetworkSpec;

/** The sizes of a benchmark's language model: two layers without dropout. */
record Shape(int vocabulary, int units, int batch, int unroll) {
  private static final Map<String, Shape> BY_NAME =
      Map.of(
          "S", new Shape(10_000, 200, 20, 20),
          "M", new Shape(10_000, 650, 20, 35),
          "C", new Shape(65, 512, 50, 50),
          "C128", new Shape(65, 128, 50, 50));

  static Shape named(String name) {
    Shape shape = BY_NAME.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "no configuration %s among %s".formatted(name, BY_NAME.keySet()));
    }
    return shape;
  }

  NetworkSpec network() {
    return NetworkSpec.languageModel(vocabulary, "lstm", 2, units, 0);
  }
}
