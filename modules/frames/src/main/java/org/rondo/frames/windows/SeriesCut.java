package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Split;

/**
 * Where each series is cut into splits, in the order of time: training first, test last.
 *
 * @param sizes steps of each split; empty where fractions decide
 * @param validation fraction; 0 for none
 * @param test fraction; 0 for none
 */
record SeriesCut(List<Integer> sizes, double validation, double test) implements Serializable {
  /** Of a source that is cut. */
  static SeriesCut of(List<Integer> sizes, Map<String, Double> fractions) {
    return new SeriesCut(
        List.copyOf(sizes),
        fractions.getOrDefault(Split.VALIDATION, 0.0),
        fractions.getOrDefault(Split.TEST, 0.0));
  }

  /** Of a source that is one split as a whole. */
  static SeriesCut whole() {
    return new SeriesCut(List.of(), 0, 0);
  }

  /** Steps that a series needs for all splits; 0 where fractions decide. */
  int steps() {
    return sizes.stream().mapToInt(size -> size).sum();
  }

  /** The first step of a split. */
  int from(int split, int length) {
    return split == 0 ? 0 : to(split - 1, length);
  }

  /** The step behind the last one of a split. */
  int to(int split, int length) {
    if (!sizes.isEmpty()) {
      return Math.min(length, sizes.subList(0, split + 1).stream().mapToInt(s -> s).sum());
    }
    return switch (split) {
      case 0 -> (int) Math.floor(length * (1 - validation - test));
      case 1 -> (int) Math.floor(length * (1 - test));
      default -> length;
    };
  }
}
