package org.rondo.bench;

import java.util.List;
import java.util.Locale;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;

/**
 * The language model of a benchmark: an embedding, two recurrent layers of its width without
 * dropout, a softmax.
 *
 * @param name as the benchmarks' arguments and tables name it
 * @param cell name of a {@link org.rondo.models.cells.Cell}
 * @param unroll T, the steps of a minibatch
 */
record Configuration(String name, String cell, int vocabulary, int units, int batch, int unroll) {
  /** All there are, in the order of the tables. */
  static final List<Configuration> ALL =
      List.of(
          new Configuration("S", "lstm", 10_000, 200, 20, 20),
          new Configuration("M", "lstm", 10_000, 650, 20, 35),
          new Configuration("C", "lstm", 65, 512, 50, 50),
          new Configuration("C128", "lstm", 65, 128, 50, 50),
          new Configuration("M-gru", "gru", 10_000, 650, 20, 35),
          new Configuration("M-vanilla", "vanilla", 10_000, 650, 20, 35));

  private static final int LAYERS = 2;

  /**
   * The configuration of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Configuration named(String name) {
    return ALL.stream()
        .filter(configuration -> configuration.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "no configuration %s among %s",
                        name,
                        ALL.stream().map(Configuration::name).toList())));
  }

  /** Tokens in a minibatch. */
  int tokens() {
    return batch * unroll;
  }

  NetworkSpec network() {
    return RecurrentStack.languageModel(vocabulary, cell, LAYERS, units, 0);
  }
}
